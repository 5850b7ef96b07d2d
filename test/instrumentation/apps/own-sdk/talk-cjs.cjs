require('./talk.cjs').talk(require('@google/genai'));
