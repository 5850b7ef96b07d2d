export { InputError, readInputs } from './input/read.ts';
export { toJson } from './json.ts';
export { buildSessions, type LiveSession } from './sessions/model.ts';
export { renderText } from './text/render.ts';
export { detectStyle } from './text/style.ts';
