// node apps/languages/python.mjs FOLDER VERSION: a Python with google-genai in it.
import { execFileSync } from 'node:child_process';

const [folder, version] = process.argv.slice(2);
execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
execFileSync(`${folder}/bin/python`, ['-m', 'pip', 'install', '--quiet', `google-genai==${version}`], {
  stdio: 'inherit',
});
