// The calls that Prism is known not to accept, each with the reason.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

// Stands for the document itself, which Prism cannot serve.
const DOCUMENT = '*';

function read() {
  const text = fs.readFileSync(path.join(__dirname, 'known.tsv'), 'utf8');
  const lines = text.split('\n').slice(1).filter(Boolean);
  return lines.map(line => {
    const [document, operation, said, reason, ...rest] = line.split('\t');
    if (!reason || rest.length > 0) throw new Error(`known.tsv: four columns are wanted: ${line}`);
    return { document, operation, said, reason };
  });
}

// Sets the findings of one document against the list: those that are on it, those that are not, and
// entries that nothing was found for. A finding has to say what the entry says, to be known.
function settle(entries, document, findings) {
  const mine = entries.filter(entry => entry.document === document);
  const entryOf = ({ operation, said }) =>
    mine.find(entry => entry.operation === operation && said.includes(entry.said));
  const known = findings.filter(entryOf);
  const used = new Set(known.map(entryOf));
  return {
    known,
    unknown: findings.filter(finding => !entryOf(finding)),
    stale: mine.filter(entry => !used.has(entry)),
  };
}

module.exports = { read, settle, DOCUMENT };
