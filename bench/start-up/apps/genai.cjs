/** An application that loads the SDK of Gemini and makes a client. */
const { GoogleGenAI } = require('@google/genai');

const ai = new GoogleGenAI({ apiKey: 'bench' });
if (typeof ai.live.connect !== 'function') throw new Error('There is no ai.live.connect().');
require('./nothing.cjs');
