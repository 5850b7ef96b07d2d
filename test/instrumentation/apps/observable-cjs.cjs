require('./observable.cjs').run(require(process.env.SDK));
