// Finds the binary for a platform: in the cache, or in the release that `release.json` names.
'use strict';

const { execFileSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const TARGETS = {
  'darwin-arm64': 'aarch64-apple-darwin',
  'darwin-x64': 'x86_64-apple-darwin',
  // The static binaries run with every C library.
  'linux-arm64': 'aarch64-unknown-linux-musl',
  'linux-x64': 'x86_64-unknown-linux-musl',
  'win32-x64': 'x86_64-pc-windows-msvc',
};

// Returns the path of the binary. Throws if there is none for the platform, or it is not what was published.
async function binary(platform, arch) {
  const release = published();
  const target = TARGETS[`${platform}-${arch}`];
  const archive = target && release.archives[target];
  if (!archive) {
    throw new Error(`there is no binary for ${platform} on ${arch}`);
  }
  const name = platform === 'win32' ? 'sdkgen.exe' : 'sdkgen';
  // The hash is in the path: a binary of another release is never taken for this one.
  const folder = path.join(cache(platform), `${release.version}-${target}-${archive.sha256.slice(0, 16)}`);
  const found = path.join(folder, name);
  if (!fs.existsSync(found)) {
    await install(`${release.url}/${archive.file}`, archive, folder, name);
  }
  return found;
}

function published() {
  try {
    return JSON.parse(fs.readFileSync(path.join(__dirname, '..', 'release.json'), 'utf8'));
  } catch (error) {
    throw new Error(`this package names no release: ${error.message}`);
  }
}

function cache(platform) {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const base = (platform === 'win32' ? LOCALAPPDATA : XDG_CACHE_HOME) || path.join(os.homedir(), '.cache');
  return path.join(base, 'sdkgen');
}

async function install(url, archive, folder, name) {
  const data = await download(url);
  const hash = createHash('sha256').update(data).digest('hex');
  if (hash !== archive.sha256) {
    throw new Error(`${url} is not what was published: its SHA-256 is ${hash}, not ${archive.sha256}`);
  }
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const temporary = fs.mkdtempSync(`${folder}.`);
  try {
    const packed = path.join(temporary, archive.file);
    fs.writeFileSync(packed, data);
    // The `tar` of Windows reads zip archives too.
    execFileSync('tar', ['-xf', archive.file], { cwd: temporary });
    const inner = path.join(temporary, archive.file.replace(/\.(tar\.gz|zip)$/, ''), name);
    const unpacked = fs.existsSync(inner) ? inner : path.join(temporary, name);
    fs.chmodSync(unpacked, 0o755);
    fs.mkdirSync(folder, { recursive: true });
    // Another process may do the same: whoever renames last replaces a file by an equal one.
    fs.renameSync(unpacked, path.join(folder, name));
  } finally {
    fs.rmSync(temporary, { recursive: true, force: true });
  }
}

async function download(url) {
  if (url.startsWith('file:')) {
    return fs.readFileSync(new URL(url));
  }
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`cannot download ${url}: status ${response.status}`);
  }
  return Buffer.from(await response.arrayBuffer());
}

module.exports = { TARGETS, binary };
