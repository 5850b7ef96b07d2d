// Jest loads modules itself, so the SDK is handed over.
const genai = require('@google/genai');
const { LiveInstrumentation } = require('live-otel');

new LiveInstrumentation().instrument(genai);
