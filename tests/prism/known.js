// The requests that Prism is known to reject, each with the reason.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

// Matches any operation of the document, and the document itself.
const ANY = '*';

function read() {
  const text = fs.readFileSync(path.join(__dirname, 'known.tsv'), 'utf8');
  const lines = text.split('\n').slice(1).filter(Boolean);
  return lines.map(line => {
    const [document, operation, said, reason, ...rest] = line.split('\t');
    if (!reason || rest.length > 0) throw new Error(`known.tsv: four columns are wanted: ${line}`);
    return { document, operation, said, reason };
  });
}

// Compares the findings of a document with the list. Returns the findings whose every message is listed, the others,
// and entries without findings.
function settle(entries, document, findings) {
  const mine = entries.filter(entry => entry.document === document);
  const used = new Set();
  const isKnown = ({ operation, said }) => {
    const fits = entry => entry.operation === ANY || entry.operation === operation;
    const found = said.map(text => mine.find(entry => fits(entry) && text.includes(entry.said)));
    found.forEach(entry => used.add(entry));
    return found.every(Boolean);
  };
  const known = findings.filter(isKnown);
  const unknown = findings.filter(finding => !known.includes(finding));
  return { known, unknown, stale: mine.filter(entry => !used.has(entry)) };
}

module.exports = { read, settle, ANY };
