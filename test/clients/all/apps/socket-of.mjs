// A client without any library of the Live API, on the WebSocket of the package that LIBRARY names.
import { path, talk } from '../../few/apps/talk.mjs';

const { LIBRARY: library = '', URL_BASE: base = '' } = process.env;
const found = await import(library);
const WebSocket = found.WebSocket ?? found.default.w3cwebsocket ?? found.default.Client;

talk(new WebSocket(`${base.replace(/^http/, 'ws')}${path}?key=SECRETKEY`));
