'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { judge, judgeAll, lineIn } = require('./verdict');
const { settle, ANY } = require('./known');

const PASSED = '[VALIDATOR] ✔  success   The request passed the validation rules. Looking for the best response';
const REFUSED = '[VALIDATOR] ⚠  warning   Request did not pass the validation rules';

function answer(status, { log = '', problem, violations, body = '' } = {}) {
  const headers = {};
  if (violations) headers['sl-violations'] = JSON.stringify(violations);
  if (problem) headers['content-type'] = 'application/problem+json';
  return { status, headers, log, body: Buffer.from(problem ? JSON.stringify(problem) : body) };
}

function problem(code, rest) {
  return { type: `https://stoplight.io/prism/errors#${code}`, ...rest };
}

const inBody = {
  location: ['request', 'body', 'name'],
  severity: 'Error',
  code: 'type',
  message: 'Request body property name must be string',
};

test('what passed is accepted, whatever Prism makes of its own answer', () => {
  const wrongAnswer = { ...inBody, location: ['response', 'body'] };
  const answers = [
    answer(200, { log: PASSED }),
    answer(200, { log: PASSED, violations: [{ ...inBody, severity: 'Warning' }] }),
    answer(500, { log: PASSED, violations: [wrongAnswer], problem: problem('VIOLATIONS', { detail: '' }) }),
    answer(500, { log: PASSED, problem: problem('SCHEMA_TOO_COMPLEX', { detail: '' }) }),
  ];
  for (const answer of answers) assert.equal(judge(answer).kind, 'accepted');
});

test('a violation is one under a described status also', () => {
  const found = judge(answer(400, { log: REFUSED, violations: [inBody] }));
  assert.deepEqual(found, {
    kind: 'violation',
    said: ['body.name: Request body property name must be string'],
  });
});

test('a violation of a request that nothing is described for', () => {
  const validation = [{ ...inBody, location: ['body', 'name'] }];
  const found = judge(answer(422, { log: REFUSED, problem: problem('UNPROCESSABLE_ENTITY', { validation }) }));
  assert.deepEqual(found.said, ['body.name: Request body property name must be string']);
  const path = judge(answer(404, { problem: problem('NO_PATH_MATCHED_ERROR', { detail: 'The route /x' }) }));
  assert.deepEqual(path, { kind: 'violation', said: ['NO_PATH_MATCHED_ERROR: The route /x'] });
});

test('a list of violations that is cut is told as it is', () => {
  const cut = answer(422, { log: REFUSED });
  cut.headers['sl-violations'] = 'Too many violations! [{"location":["request"';
  assert.equal(judge(cut).kind, 'violation');
});

test('to ask for what is not described is a violation', () => {
  const found = judge(answer(406, { log: PASSED, problem: problem('NOT_ACCEPTABLE', { detail: 'text/csv' }) }));
  assert.deepEqual(found, { kind: 'violation', said: ['NOT_ACCEPTABLE: text/csv'] });
});

test('what Prism did not come to validate is not accepted', () => {
  assert.equal(judge(answer(500, { body: 'Label serialization style …' })).kind, 'unjudged');
  assert.equal(judge(answer(200)).kind, 'unjudged');
});

test('of several requests the worst counts, and one has to be sent', () => {
  const [good, bad] = [{ answer: answer(200, { log: PASSED }) }, { answer: answer(500) }];
  assert.equal(judgeAll([good, good], '200').kind, 'accepted');
  assert.equal(judgeAll([bad, good], '200').kind, 'unjudged');
  assert.deepEqual(judgeAll([], 'ERROR no').said, ['nothing was sent: ERROR no']);
});

test('lines of the program', () => {
  const line = { operation: 'GET /a/{b c}', id: 'getA', status: '200' };
  assert.deepEqual(lineIn('GET /a/{b c} getA → 200'), line);
  assert.deepEqual(lineIn('test calls ... GET /a/{b c} getA → 200'), line);
  assert.deepEqual(lineIn('GET /a/{b c} getA → 200, missing $.x'), line);
  assert.deepEqual(lineIn('GET /a/{b c} getA → ERROR no server'), { ...line, status: 'ERROR no server' });
  assert.equal(lineIn('running 1 test'), null);
});

test('all that is said of a call has to be known, and all that is known has to be said', () => {
  const entry = { document: 'a', operation: 'GET /', said: 'must be array', reason: 'why' };
  const tags = { operation: 'GET /', said: ['query.tags: must be array'] };
  assert.deepEqual(settle([entry], 'a', [tags]), { known: [tags], unknown: [], stale: [] });
  assert.deepEqual(settle([entry], 'b', [tags]).unknown, [tags]);
  const elsewhere = { ...tags, operation: 'PUT /' };
  assert.deepEqual(settle([entry], 'a', [elsewhere]), { known: [], unknown: [elsewhere], stale: [entry] });
  const more = { operation: 'GET /', said: [...tags.said, 'query.tags: must be string'] };
  assert.deepEqual(settle([entry], 'a', [more]), { known: [], unknown: [more], stale: [] });
  const anywhere = { ...entry, operation: ANY };
  assert.deepEqual(settle([anywhere], 'a', [tags, elsewhere]).known, [tags, elsewhere]);
  assert.deepEqual(settle([anywhere], 'a', []).stale, [anywhere]);
});
