/**
 * What credentials look like: the one source of what the package removes from texts, and of what the Collector masks
 * (`npm run collector` writes its part of collector/collector.yaml). Imports nothing.
 *
 * Every pattern is one that JavaScript and RE2 (Go) read alike: no look-around, no back-reference. None asks for a full
 * length, because close reasons are cut at 123 bytes and a captured text may be cut anywhere.
 */

export interface CredentialShape {
  /** Who issues it. */
  readonly issuer: string;
  /** What it begins with, the first character at the beginning of a word. */
  readonly starts: string;
  /** Characters that follow. */
  readonly of: string;
  /** Least number of them: fewer may be an ordinary word. */
  readonly atLeast: number;
  /** It stands out so much that it is found inside of a word as well. */
  readonly anywhere?: true;
}

const word = '[\\w-]';
const alphanumeric = '[A-Za-z0-9]';
const base64 = '[\\w+/=-]';
const dotted = '[\\w.-]';

/**
 * Credentials that one can tell by how they begin. Those that are not Google's follow the rules of gitleaks 8.30
 * (https://github.com/gitleaks/gitleaks, config/gitleaks.toml) and the issuers' own pages.
 */
export const credentialShapes: readonly CredentialShape[] = [
  { issuer: 'Google API key', starts: 'AIza', of: word, atLeast: 1, anywhere: true },
  { issuer: 'Google API key, from 2025 on', starts: 'AQ\\.', of: word, atLeast: 1 },
  { issuer: 'Google API key, from 2025 on', starts: 'AQ\\.', of: word, atLeast: 20, anywhere: true },
  { issuer: 'Google OAuth access token', starts: 'ya29\\.', of: '[\\w.~+/-]', atLeast: 1, anywhere: true },
  { issuer: 'Google OAuth refresh token', starts: '1//0', of: word, atLeast: 2 },
  { issuer: 'Google OAuth client secret', starts: 'GOCSPX-', of: word, atLeast: 4 },
  { issuer: 'JSON web token', starts: 'eyJ', of: '[\\w.+/=-]', atLeast: 1, anywhere: true },
  {
    issuer: 'OpenAI, Anthropic, OpenRouter, Langfuse',
    starts: 'sk-(?:ant|proj|svcacct|admin|or|lf)-',
    of: word,
    atLeast: 6,
  },
  { issuer: 'OpenAI, DeepSeek and others', starts: 'sk-', of: alphanumeric, atLeast: 16 },
  { issuer: 'Hugging Face', starts: '(?:hf_|api_org_)', of: alphanumeric, atLeast: 10 },
  { issuer: 'LangSmith', starts: 'lsv2_(?:pt|sk)_', of: word, atLeast: 8 },
  { issuer: 'AWS access key', starts: '(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)', of: '[A-Z2-7]', atLeast: 8 },
  { issuer: 'AWS Bedrock', starts: '(?:ABSK|bedrock-api-key-)', of: base64, atLeast: 16 },
  { issuer: 'Alibaba Cloud', starts: 'LTAI', of: alphanumeric, atLeast: 12 },
  { issuer: 'GitHub', starts: '(?:gh[pousr]_|github_pat_)', of: word, atLeast: 8 },
  { issuer: 'GitLab', starts: 'gl(?:pat|cbt|dt|ffct|ft|imt|agent|oas|ptt|rt|soat)-', of: dotted, atLeast: 8 },
  { issuer: 'GitLab runner', starts: 'GR1348941', of: word, atLeast: 8 },
  { issuer: 'Atlassian', starts: 'AT[AC]TT3x', of: base64, atLeast: 8 },
  { issuer: 'Slack', starts: '(?:xox[a-z](?:\\.xox[a-z])?|xapp)-', of: word, atLeast: 8 },
  { issuer: 'Slack webhook', starts: 'hooks\\.slack\\.com/', of: '[\\w/+-]', atLeast: 12 },
  {
    issuer: 'Microsoft Teams webhook',
    starts: '[a-z0-9]+\\.webhook\\.office\\.com/',
    of: '[\\w/@-]',
    atLeast: 12,
  },
  { issuer: 'Stripe', starts: '(?:sk|rk)_(?:live|test|prod)_', of: alphanumeric, atLeast: 6 },
  { issuer: 'Stripe webhook', starts: 'whsec_', of: base64, atLeast: 8 },
  { issuer: 'Twilio', starts: 'SK', of: '[0-9a-fA-F]', atLeast: 24 },
  { issuer: 'SendGrid', starts: 'SG\\.', of: '[\\w=.-]', atLeast: 12 },
  { issuer: 'Brevo', starts: 'x(?:key|smtp)sib-', of: word, atLeast: 8 },
  { issuer: 'Mailgun', starts: 'key-', of: '[0-9a-f]', atLeast: 24 },
  { issuer: 'Square', starts: '(?:sq0atp-|sq0csp-|EAAA)', of: word, atLeast: 16 },
  { issuer: 'Shopify', starts: 'shp(?:at|ca|pa|ss)_', of: '[0-9a-fA-F]', atLeast: 8 },
  { issuer: 'Facebook', starts: 'EAA[MC]', of: alphanumeric, atLeast: 32 },
  { issuer: 'Docker Hub', starts: 'dckr_(?:pat|oat)_', of: word, atLeast: 8 },
  { issuer: 'Databricks', starts: 'dapi', of: '[0-9a-f-]', atLeast: 16 },
  { issuer: 'Doppler', starts: 'dp\\.(?:pt|st|ct|sa|scim|audit)\\.', of: alphanumeric, atLeast: 8 },
  { issuer: 'Dynatrace', starts: 'dt0[a-z]\\d\\d\\.', of: '[A-Za-z0-9.]', atLeast: 8 },
  { issuer: 'Fly.io', starts: 'f(?:o1|m1[ar]|m2)_', of: base64, atLeast: 16 },
  { issuer: 'Grafana', starts: '(?:glsa_|glc_)', of: base64, atLeast: 8 },
  { issuer: 'HashiCorp Vault', starts: 'hv[sb]\\.', of: word, atLeast: 16 },
  { issuer: 'New Relic', starts: 'NRAK-', of: '[A-Z0-9]', atLeast: 8 },
  { issuer: 'OpenShift', starts: 'sha256~', of: word, atLeast: 16 },
  { issuer: 'PlanetScale', starts: 'pscale_(?:tkn|oauth|pw)_', of: '[\\w=.-]', atLeast: 8 },
  { issuer: 'Sentry', starts: 'sntry[su]_', of: base64, atLeast: 8 },
  { issuer: 'Supabase', starts: 'sb(?:p|_secret)_', of: word, atLeast: 8 },
  {
    issuer: 'JSON in base64, with a space or a line break first',
    starts: '(?:eyAi|ewog|ew0K)',
    of: base64,
    atLeast: 16,
  },
  { issuer: 'A private key in base64', starts: 'LS0tLS1CRUdJTi', of: base64, atLeast: 16 },
  { issuer: 'Google authorization code', starts: '4/0A', of: word, atLeast: 20 },
  { issuer: 'Telegram', starts: '\\d{8,10}:AA', of: word, atLeast: 24 },
  { issuer: 'Discord', starts: '[MNO][\\w-]{22,28}\\.[\\w-]{6}\\.', of: word, atLeast: 20 },
  { issuer: 'Discord webhook', starts: 'discord(?:app)?\\.com/api/webhooks/', of: '[\\w/-]', atLeast: 12 },
  { issuer: 'Airtable', starts: 'pat[A-Za-z0-9]{14}\\.', of: '[0-9a-f]', atLeast: 16 },
  { issuer: 'Terraform Cloud', starts: '[A-Za-z0-9]{14}\\.atlasv1\\.', of: word, atLeast: 16 },
  { issuer: 'Microsoft Entra', starts: '[\\w.~]{3}\\dQ~', of: '[\\w.~-]', atLeast: 20, anywhere: true },
  { issuer: 'Cloudflare origin CA', starts: 'v1\\.0-[0-9a-f]{24}-', of: '[0-9a-f]', atLeast: 16 },
  { issuer: 'Resend', starts: 're_[A-Za-z0-9]{8}_', of: alphanumeric, atLeast: 12 },
  { issuer: 'HubSpot', starts: 'pat-(?:na|eu|ap)\\d-', of: '[0-9a-f-]', atLeast: 16 },
  { issuer: 'Facebook, long', starts: 'EAA', of: alphanumeric, atLeast: 80 },
  { issuer: 'Asana', starts: '\\d/\\d{13,19}/\\d{13,19}:', of: '[0-9a-f]', atLeast: 16 },
  { issuer: 'Plaid', starts: 'access-(?:production|sandbox|development)-', of: '[0-9a-f-]', atLeast: 16 },
  { issuer: 'Razorpay', starts: 'rzp_(?:live|test)_', of: alphanumeric, atLeast: 10 },
  { issuer: 'Flutterwave', starts: 'FLWSECK(?:_TEST)?-', of: '[0-9a-zA-Z-]', atLeast: 12 },
  { issuer: 'Dropbox', starts: 'sl\\.(?:u\\.)?', of: word, atLeast: 60 },
  { issuer: 'Mailchimp', starts: '[0-9a-f]{32}-us', of: '\\d', atLeast: 1 },
  {
    issuer: 'Contentful, Heroku, Nvidia, Sourcegraph, Tavily, Typeform',
    starts: '(?:CFPAT-|HRKU-|nvapi-|sgp_|tvly-|tfp_)',
    of: word,
    atLeast: 16,
  },
  { issuer: 'Figma, Postman, PyPI', starts: '(?:figd_|PMAK-|pypi-AgEI)', of: word, atLeast: 8 },
  {
    issuer: 'Bitbucket, Fireworks, Netlify, Notion, npm, Prefect, ReadMe, Render, Replicate, xAI',
    starts: '(?:ATBB|fw_|nfp_|ntn_|npm_|pnu_|rdme_|rnd_|r8_|xai-)',
    of: alphanumeric,
    atLeast: 16,
  },
  {
    issuer: 'Cerebras, crates.io, EasyPost, Neon, Notion before 2024',
    starts: '(?:csk-|cio|EZ[AT]K|napi_|secret_)',
    of: alphanumeric,
    atLeast: 32,
  },
  {
    issuer: 'Groq, Linear, Perplexity',
    starts: '(?:gsk_|lin_(?:api|oauth)_|pplx-)',
    of: alphanumeric,
    atLeast: 8,
  },
  {
    issuer: 'Buildkite, DigitalOcean, ElevenLabs, Pulumi, RubyGems',
    starts: '(?:bk[a-z]{2}_|do[opr]_v1_|sk_|pul-|rubygems_)',
    of: '[0-9a-f]',
    atLeast: 8,
  },
  { issuer: 'age', starts: 'AGE-SECRET-KEY-1', of: '[A-Z0-9]', atLeast: 8 },
  { issuer: '1Password service account', starts: 'ops_eyJ', of: base64, atLeast: 8 },
];

/** The pattern of a shape, in JavaScript's syntax and RE2's alike. */
export function shapePattern({ starts, of, atLeast, anywhere }: CredentialShape): string {
  return `${anywhere ? '' : '\\b'}${starts}${of}${atLeast === 1 ? '+' : `{${atLeast},}`}`;
}

/**
 * Names whose value is a credential, word by word. A longer name that ends in one is meant as well: `refreshToken`,
 * `MY_APP_API_KEY` and `x-goog-api-key` are.
 */
export const credentialNames: readonly string[] = [
  'password',
  'passwd',
  'pwd',
  'passphrase',
  'passcode',
  'passwort',
  'kennwort',
  'senha',
  'contraseña',
  'otp',
  'secret',
  'secret key',
  'secret access key',
  'api key',
  'apikey',
  'access key',
  'private key',
  'signing key',
  'encryption key',
  'token',
  'authorization',
  'cookie',
  'handle',
  'credentials',
];

/** Names whose value is a credential where `=` leads to it, as in the query of a URL: in other places they mean much else. */
export const queryNames: readonly string[] = ['key', 'sig', 'signature'];

/** Names that end like a credential's and hold none. */
export const harmlessNames: readonly string[] = ['page token', 'sync token', 'continuation token'];
