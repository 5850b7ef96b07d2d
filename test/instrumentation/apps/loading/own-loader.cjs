// Reads and compiles the files of CommonJS itself, as tsx does: no load hook of Node sees them.
const Module = require('node:module');
const { readFileSync } = require('node:fs');

for (const extension of ['.js', '.cjs']) {
  Module._extensions[extension] = (module, file) => module._compile(readFileSync(file, 'utf8'), file);
}
