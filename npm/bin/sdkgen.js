#!/usr/bin/env node
// Runs the sdkgen binary of this version; downloads and checks it on the first run.
'use strict';

const { spawnSync } = require('node:child_process');
const { binary } = require('../lib/binary.js');

binary(process.platform, process.arch).then(
  (path) => {
    const { status, signal, error } = spawnSync(path, process.argv.slice(2), { stdio: 'inherit' });
    if (error) {
      console.error(`sdkgen: cannot run ${path}: ${error.message}`);
      process.exit(2);
    }
    if (signal) {
      process.kill(process.pid, signal);
    }
    process.exit(status ?? 1);
  },
  (error) => {
    console.error(`sdkgen: ${error.message}`);
    process.exit(2);
  },
);
