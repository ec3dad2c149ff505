// Compensates for differences between swagger2openapi and sdkgen: what the converter drops, changes or assumes is
// prepared before the conversion, or undone after it.
'use strict';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];

// Moves the bodies of a path into its operations, as the converter drops them.
function prepare(swagger) {
  for (const item of Object.values(swagger.paths ?? {})) {
    const shared = (item.parameters ?? []).filter(one => ['body', 'formData'].includes(follow(swagger, one)?.in));
    if (shared.length === 0) continue;
    item.parameters = item.parameters.filter(one => !shared.includes(one));
    for (const method of METHODS.filter(method => item[method])) {
      const own = item[method].parameters ?? [];
      const names = own.map(one => follow(swagger, one)?.name);
      item[method].parameters = [...shared.filter(one => !names.includes(follow(swagger, one)?.name)), ...own];
    }
  }
  return swagger;
}

// Takes the prepared document `swagger` and the converted document `openapi`.
function undo(swagger, openapi) {
  servers(openapi);
  nullable(openapi);
  for (const [key, item] of Object.entries(swagger.paths ?? {})) {
    for (const method of METHODS.filter(method => item[method])) {
      const converted = openapi.paths[key]?.[method];
      if (!converted) continue;
      const references = [...(item.parameters ?? []), ...(item[method].parameters ?? [])];
      named(openapi, swagger, references, converted);
      const parameters = references.map(one => follow(swagger, one)).filter(Boolean);
      form(parameters, follow(openapi, converted.requestBody), item[method].consumes ?? swagger.consumes ?? []);
      const produces = item[method].produces ?? swagger.produces ?? [];
      for (const [status, response] of Object.entries(item[method].responses ?? {})) {
        if (status.startsWith('x-')) continue;
        media(swagger, status, follow(swagger, response), follow(openapi, converted.responses[status]), produces);
      }
    }
  }
  return openapi;
}

// sdkgen prefers https, and omits servers for web sockets and servers with an unknown host.
function servers(openapi) {
  const servers = (openapi.servers ?? []).filter(({ url }) => !/^wss?:/.test(url) && url !== '/');
  for (const server of servers) server.url = server.url.replace(/\/$/, '');
  servers.sort((one, other) => other.url.startsWith('https:') - one.url.startsWith('https:'));
  openapi.servers = servers;
}

// The converter turns every body into a component with a generated name; only a body that was a component has a name.
function named(openapi, swagger, references, operation) {
  const had = references.find(({ $ref }) => $ref && follow(swagger, { $ref })?.in === 'body');
  if (!operation.requestBody?.$ref) return;
  const body = clone(follow(openapi, operation.requestBody));
  if (!had) {
    operation.requestBody = body;
    return;
  }
  const name = had.$ref.split('/').pop();
  openapi.components.requestBodies[name] ??= body;
  operation.requestBody = { $ref: `#/components/requestBodies/${name}` };
}

// The converter chooses one media type for a form, even one that cannot contain files, and drops the style of arrays.
function form(parameters, body, consumes) {
  const fields = parameters.filter(one => one.in === 'formData');
  if (fields.length === 0 || !body?.content) return;
  const [content] = Object.values(body.content);
  const isFile = one => one.type === 'file' || one.items?.type === 'file';
  const forms = fields.some(isFile) ? ['multipart/form-data'] : ['multipart/form-data', 'application/x-www-form-urlencoded'];
  const listed = consumes.filter(name => forms.includes(name));
  const names = listed.length > 0 ? listed : [forms.at(-1)];
  const styles = { csv: 'form', ssv: 'spaceDelimited', pipes: 'pipeDelimited' };
  for (const field of fields.filter(one => one.type === 'array' && !isFile(one))) {
    const style = styles[field.collectionFormat ?? 'csv'];
    if (style) (content.encoding ??= {})[field.name] = { style, explode: false };
  }
  body.content = Object.fromEntries(names.map(name => [name, clone(content)]));
}

// Without `produces`, the converter assumes any media type, and sdkgen JSON. A file is not JSON, and an error with
// properties is not the file that the operation returns.
function media(swagger, status, before, after, produces) {
  const content = after?.content;
  if (!content || !before?.schema) return;
  for (const name of Object.keys(content)) if (!content[name].schema) delete content[name];
  const [any] = Object.values(content);
  const schema = follow(swagger, before.schema);
  const names = Object.keys(content);
  const isError = !status.startsWith('2') && !names.some(name => isJson(name) || /xml/.test(name));
  const isStructured = /object|array/.test(schema?.type) || schema?.properties || schema?.allOf;
  if (before.schema.type === 'file') {
    const others = names.filter(name => !isJson(name));
    after.content = Object.fromEntries((others.length > 0 ? others : ['*/*']).map(name => [name, any]));
  } else if (produces.length === 0 || (isError && isStructured)) {
    after.content = { 'application/json': any };
  }
}

const isJson = name => /[/+]json *(;|$)/i.test(name);

// The converter ignores `x-nullable` next to a reference.
function nullable(node, seen = new Set()) {
  if (!node || typeof node !== 'object' || seen.has(node)) return;
  seen.add(node);
  if (node.$ref && node['x-nullable'] === true) node.nullable = true;
  Object.values(node).forEach(child => nullable(child, seen));
}

function follow(document, node) {
  for (let steps = 0; steps < 20 && node?.$ref?.startsWith('#/'); steps++) {
    const pointer = node.$ref.slice(2).split('/');
    const keys = pointer.map(step => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'));
    node = keys.reduce((at, key) => at?.[key], document);
  }
  return node;
}

// Copies nodes, as the converter takes identical nodes for YAML anchors.
const clone = value => JSON.parse(JSON.stringify(value));

module.exports = { clone, prepare, undo };
