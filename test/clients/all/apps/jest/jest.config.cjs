module.exports = {
  testMatch: ['**/talk.spec.cjs'],
  setupFiles: ['live-otel/register', './setup.cjs'],
};
