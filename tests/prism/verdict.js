// Prism's verdict on a request, from its response and its log.
'use strict';

// `accepted`: Prism validated the request and found nothing, whatever the response.
// `violation`: Prism found violations, listed in `said`.
// `unjudged`: Prism did not validate the request, or the client did not send it.
const ACCEPTED = { kind: 'accepted', said: [] };

// Judges the requests of one operation, which a client may retry: the first that was not accepted, or else the last.
function judgeAll(exchanges, status) {
  if (exchanges.length === 0) return { kind: 'unjudged', said: [`nothing was sent: ${status}`] };
  const verdicts = exchanges.map(exchange => ({ ...judge(exchange.answer), exchange }));
  return verdicts.find(verdict => verdict.kind !== 'accepted') ?? verdicts.at(-1);
}

function judge({ status, headers, body, log }) {
  const problem = problemIn(headers, body);
  if (/The request passed the validation rules/.test(log)) {
    // The client accepts the described media types, so that a response must be possible.
    const unacceptable = problem?.code === 'NOT_ACCEPTABLE';
    return unacceptable ? { kind: 'violation', said: text(problem) } : ACCEPTED;
  }
  const said = [...violations(headers), ...(problem ? text(problem) : [])];
  if (said.length > 0) return { kind: 'violation', said };
  return { kind: 'unjudged', said: [`status ${status}: ${body.toString().slice(0, 200)}`] };
}

// Returns Prism's description of an error.
function problemIn(headers, body) {
  if (!/^application\/problem\+json/.test(headers['content-type'] ?? '')) return null;
  try {
    const problem = JSON.parse(body.toString());
    const code = /prism\/errors#(\w+)$/.exec(problem.type)?.[1];
    return code ? { ...problem, code } : null;
  } catch {
    return null;
  }
}

function text({ code, detail, validation }) {
  return validation ? listed(validation, []) : [`${code}: ${detail}`];
}

// Returns the violations header, which Prism adds to a described response. Violations of the response itself and
// warnings are ignored.
function violations(headers) {
  const header = headers['sl-violations'];
  if (!header) return [];
  try {
    const found = JSON.parse(header).filter(found => found.location[0] === 'request');
    return listed(found, ['request']);
  } catch {
    // Prism truncates a text that is too long for a header.
    return [header.slice(0, 1000)];
  }
}

function listed(found, prefix) {
  const errors = found.filter(({ severity }) => severity === 'Error');
  const line = ({ location, message }) =>
    `${(location ?? []).slice(prefix.length).join('.') || 'request'}: ${message}`;
  return [...new Set(errors.map(line))];
}

// Parses a line of the program: `GET /pets/{id} getPet → 200`. The test's name may precede it.
function lineIn(text) {
  const found = /(?:^|\.\.\. )([A-Za-z-]+) (\/.*?) (\S+) → (\d{3}|.+)/.exec(text);
  if (!found) return null;
  const [, method, path, id, status] = found;
  return { operation: `${method} ${path}`, id, status };
}

module.exports = { judge, judgeAll, lineIn };
