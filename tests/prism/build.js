// Builds what the first request needs: Prism, sdkgen, and the generated crates.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { execFileSync, spawn, spawnSync } = require('node:child_process');

const root = path.resolve(__dirname, '../..');
const target = path.resolve(root, process.env.CARGO_TARGET_DIR ?? 'target');
const installed = path.join(target, 'prism');
const crates = path.join(installed, 'crates');

// Profiles as in `tests/support`, so that both share build artifacts.
const WORKSPACE = `[workspace]
resolver = "3"
members = ["*"]

[profile.dev]
debug = false
incremental = false
`;

function run(command, args, options = {}) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', ...options });
  if (status === 0) return;
  const said = [error?.message, stdout, stderr].filter(Boolean).join('\n');
  throw new Error(`${command} ${args.join(' ')}\n${said}`);
}

// Returns the program of Prism; installs this version if it is missing.
function prism() {
  const files = ['package.json', 'package-lock.json'];
  const read = (folder, file) => fs.readFileSync(path.join(folder, file), 'utf8');
  const done = path.join(installed, 'node_modules', '.installed');
  const wanted = read(__dirname, 'package-lock.json');
  if (!fs.existsSync(done) || fs.readFileSync(done, 'utf8') !== wanted) {
    fs.mkdirSync(installed, { recursive: true });
    for (const file of files) fs.writeFileSync(path.join(installed, file), read(__dirname, file));
    console.log('installing Prism');
    // No dependency has to be built.
    run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: installed });
    fs.writeFileSync(done, wanted);
  }
  return path.join(installed, 'node_modules/@stoplight/prism-cli/dist/index.js');
}

// Returns the program of sdkgen.
function sdkgen() {
  run('cargo', ['build', '--release', '--bin', 'sdkgen'], { cwd: root });
  return path.join(target, 'release/sdkgen');
}

// Writes the workspace of the crates with these names. The lock file is this repository's, whose packages are
// downloaded once, so that no build needs a network. Crates of an earlier run are kept: unchanged files are not
// compiled again.
function workspace(names) {
  fs.mkdirSync(crates, { recursive: true });
  for (const entry of fs.readdirSync(crates)) {
    if (!names.includes(entry)) fs.rmSync(path.join(crates, entry), { recursive: true });
  }
  fs.writeFileSync(path.join(crates, 'Cargo.toml'), WORKSPACE);
  const host = /^host: (.*)$/m.exec(execFileSync('cargo', ['-vV'], { encoding: 'utf8' }))[1];
  run('cargo', ['fetch', '--locked', '--quiet', '--target', host], { cwd: root });
  fs.copyFileSync(path.join(root, 'Cargo.lock'), path.join(crates, 'Cargo.lock'));
}

// Generates a crate with its wire test.
function generate(program, document, name) {
  const folder = path.join(crates, name);
  const work = () => run(program, ['generate', document, '--out', folder, '--package', name, '--wire-tests']);
  try {
    work();
  } catch {
    // A killed run may have left files that sdkgen does not recognize as generated.
    fs.rmSync(folder, { recursive: true, force: true });
    work();
  }
}

// The wire test of a crate with a feature per resource needs all of them.
function test(name) {
  const manifest = fs.readFileSync(path.join(crates, name, 'Cargo.toml'), 'utf8');
  const features = /^full = /m.test(manifest) ? ['--features', 'full'] : [];
  return ['test', '--offline', '--test', 'wire', '--package', name, ...features];
}

function cargo(args, env = {}) {
  const { RUSTFLAGS, CARGO_ENCODED_RUSTFLAGS, ...outer } = process.env;
  const shared = { CARGO_TARGET_DIR: path.join(target, 'generated'), CARGO_TERM_COLOR: 'never' };
  const options = { cwd: crates, env: { ...outer, ...shared, ...env } };
  return spawn('cargo', args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
}

// Compiles the wire test of a crate. An error contains the compiler's messages.
function compile(name) {
  return ended(cargo([...test(name), '--no-run', '--quiet']));
}

// Runs the wire test, one operation after the other, and passes on each line as soon as it is printed. The test fails
// if a response does not decode, which is not an error of the request.
function call(name, url, onLine) {
  const options = ['--', '--nocapture', '--test-threads=1'];
  const child = cargo([...test(name), ...options], { SDKGEN_WIRE_URL: url });
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', text => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    lines.forEach(onLine);
  });
  return ended(child, [0, FAILED]);
}

// The exit code of cargo if a test failed.
const FAILED = 101;

function ended(child, fine = [0]) {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', text => (said = (said + text).slice(-20_000)));
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => (fine.includes(code) ? resolve() : reject(new Error(said))));
  });
}

module.exports = { prism, sdkgen, workspace, generate, compile, call, installed };
