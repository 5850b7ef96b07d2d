/** The application of `genai.cjs` at the moment of its first session: what records sessions is loaded too. */
const { GoogleGenAI } = require('@google/genai');

new GoogleGenAI({ apiKey: 'bench' });
setImmediate(() =>
  setImmediate(() => {
    const recordsSessions = Object.keys(require.cache).some((file) =>
      file.endsWith('/register-sessions.cjs'),
    );
    if (recordsSessions) require('../dist/sessions.cjs');
    require('./nothing.cjs');
  }),
);
