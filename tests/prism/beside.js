// Loaded into Prism's process before Prism.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

// A reference to a file that the corpus does not contain (prose, a code sample) is read as an empty file. Prism would
// not start otherwise, and sdkgen reports the reference and continues.
const read = fs.readFile;
const corpus = path.resolve(process.env.SDKGEN_CORPUS) + path.sep;
fs.readFile = (file, ...rest) => {
  const done = rest.pop();
  read(file, ...rest, (why, data) => {
    const missing = why?.code === 'ENOENT' && path.resolve(String(file)).startsWith(corpus);
    if (missing) return done(null, Buffer.alloc(0));
    done(why, data);
  });
};

// The parent process holds the other end, which closes however that process ends.
process.stdin.on('close', () => process.exit()).resume();
