import { run } from './observable.cjs';

await run(await import(process.env.SDK));
