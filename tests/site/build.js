// Builds what the inspection of a book needs: the programs, and the book's pages.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { spawnSync } = require('node:child_process');

const root = path.resolve(__dirname, '../..');
const target = path.resolve(root, process.env.CARGO_TARGET_DIR ?? 'target');
const installed = path.join(target, 'site');

// Returns the output of a program. Throws if the program fails.
function run(command, args, options = {}) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', ...options });
  const said = [error?.message, stdout, stderr].filter(Boolean).join('\n');
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${said}`);
  return said;
}

function sdkgen() {
  if (process.env.SDKGEN) return process.env.SDKGEN;
  run('cargo', ['build', '--release', '--bin', 'sdkgen'], { cwd: root });
  return path.join(target, 'release/sdkgen');
}

function mdbook() {
  const program = process.env.MDBOOK ?? 'mdbook';
  console.log(run(program, ['--version']).trim());
  return program;
}

// Returns the folder of playwright-core; installs this version if it is missing.
function playwright() {
  const read = (folder, file) => fs.readFileSync(path.join(folder, file), 'utf8');
  const done = path.join(installed, 'node_modules', '.installed');
  const wanted = read(__dirname, 'package-lock.json');
  if (!fs.existsSync(done) || fs.readFileSync(done, 'utf8') !== wanted) {
    fs.mkdirSync(installed, { recursive: true });
    for (const file of ['package.json', 'package-lock.json']) {
      fs.writeFileSync(path.join(installed, file), read(__dirname, file));
    }
    console.log('installing playwright-core');
    run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: installed });
    fs.writeFileSync(done, wanted);
  }
  return path.join(installed, 'node_modules/playwright-core');
}

// Generates a document's book with `sdkgen generate`, and returns its folder.
function generate(sdkgen, { name, file }) {
  const place = path.join(installed, 'books', name);
  fs.rmSync(place, { recursive: true, force: true });
  fs.mkdirSync(place, { recursive: true });
  const book = path.join(place, 'docs');
  const crate = path.join(place, 'crate');
  run(sdkgen, ['generate', file, '--out', crate, '--docs', book, '--package', 'client', '--quiet']);
  fs.rmSync(crate, { recursive: true });
  return book;
}

// Builds the pages with mdBook, and returns its warnings.
function publish(mdbook, folder) {
  const said = run(mdbook, ['build', folder]).split('\n');
  return said.filter(line => line.trim() && !/\bINFO\b/.test(line));
}

module.exports = { root, run, sdkgen, mdbook, playwright, generate, publish };
