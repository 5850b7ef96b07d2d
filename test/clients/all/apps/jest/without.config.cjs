module.exports = { testMatch: ['**/talk.spec.cjs'] };
