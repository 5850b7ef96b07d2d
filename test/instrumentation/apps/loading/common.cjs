const genai = require('@google/genai');

// The stack of a module's evaluation is what it is without us.
console.log(new Error('here').stack);
void import('./talk.mjs').then(({ talk }) => talk(genai));
