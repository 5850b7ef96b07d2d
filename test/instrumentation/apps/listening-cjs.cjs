const { listen, talk } = require('./listening.cjs');

listen(require('live-otel'));
talk(require('@google/genai'));
