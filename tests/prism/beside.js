// Loaded into Prism's own process, before Prism.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

// A reference to a file that the corpus does not have (a page of prose, a code sample) is read as an
// empty file: Prism would not start for its sake, and sdkgen reports it and goes on too.
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

// What started Prism holds the other end. It closes however that process ends.
process.stdin.on('close', () => process.exit()).resume();
