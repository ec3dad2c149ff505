#!/usr/bin/env node
// Writes `release.json`, which names the archives of a release and their checksums, and makes the package public.
//
//   node npm/prepare.js FOLDER REPOSITORY
//
// FOLDER has the archives; REPOSITORY is the URL whose release has them. For a mirror, it can be a `file:` URL.
'use strict';

const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { TARGETS } = require('./lib/binary.js');

const [folder, repository] = process.argv.slice(2);
if (!folder || !/^(https|file):\/\//.test(repository ?? '')) {
  console.error('usage: node npm/prepare.js FOLDER REPOSITORY');
  process.exit(2);
}
const manifest = path.join(__dirname, 'package.json');
const description = JSON.parse(fs.readFileSync(manifest, 'utf8'));
const archives = {};
for (const target of Object.values(TARGETS)) {
  const file = `sdkgen-${target}.${target.includes('windows') ? 'zip' : 'tar.gz'}`;
  const archive = path.join(folder, file);
  if (!fs.existsSync(archive)) {
    console.error(`${archive} is missing`);
    process.exit(1);
  }
  const sha256 = createHash('sha256').update(fs.readFileSync(archive)).digest('hex');
  archives[target] = { file, sha256 };
}
const url = `${repository}/releases/download/v${description.version}`;
const release = { version: description.version, url, archives };
fs.writeFileSync(path.join(__dirname, 'release.json'), `${JSON.stringify(release, null, 2)}\n`);
delete description.private;
// npm compares the repository with the one that attests the package.
description.repository = { type: 'git', url: `git+${repository}.git` };
fs.writeFileSync(manifest, `${JSON.stringify(description, null, 2)}\n`);
