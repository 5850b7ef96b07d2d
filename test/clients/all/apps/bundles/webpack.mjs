import path from 'node:path';
import { webpack as plugin } from 'live-otel/bundler';
import webpack from 'webpack';

const file = path.resolve(process.argv[2]);
const compiler = webpack({
  mode: 'production',
  target: 'node',
  entry: './apps/genai.mjs',
  output: { path: path.dirname(file), filename: path.basename(file), chunkFormat: 'commonjs' },
  plugins: [plugin()],
});
const stats = await new Promise((resolve, reject) =>
  compiler.run((error, done) => (error ? reject(error) : resolve(done))),
);
if (stats.hasErrors()) throw new Error(stats.toString());
