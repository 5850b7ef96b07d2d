/** Random strings of the shapes that vendors document, the same in each run. */
function mulberry(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const random = mulberry(20_261_127);
const lower = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const upper = lower.toUpperCase();
const from = (alphabet: string, n: number): string =>
  Array.from({ length: n }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
const b62 = (n: number) => from(lower + upper + digits, n);
const url64 = (n: number) => from(`${lower + upper + digits}-_`, n);
const b64 = (n: number) => from(`${lower + upper + digits}+/`, n);
const hex = (n: number) => from('0123456789abcdef', n);
const UPPER = (n: number) => from(upper + digits, n);
const low = (n: number) => from(lower + digits, n);
const dec = (n: number) => from('123456789', 1) + from(digits, n - 1);
const uuid = () => [8, 4, 4, 4, 12].map(hex).join('-');
const jwt = () =>
  [
    Buffer.from(JSON.stringify({ alg: 'RS256', typ: 'JWT', kid: hex(8) })).toString('base64url'),
    Buffer.from(
      JSON.stringify({ iss: 'https://accounts.example.com', sub: dec(21), exp: 1_790_000_000 }),
    ).toString('base64url'),
    url64(86),
  ].join('.');

type Case = readonly [text: string, ...secrets: string[]];
const wrap = (secret: string, text: (s: string) => string): Case => [text(secret), secret];
/** Prose, code and logs around a key alone. */
const around: ((s: string) => string)[] = [
  (s) => `My key is ${s}, please try again`,
  (s) => `{"result":"created ${s}"}`,
  (s) => `error: invalid credentials (${s}) for request 17`,
  (s) => `curl -s https://example.com/v1/items -d '${s}'`,
  (s) => `The tool answered: "${s}".`,
  (s) => s,
  (s) => `const client = new Client("${s}");`,
];
let turn = 0;
const bare = (secret: string): Case => wrap(secret, around[turn++ % around.length] as (s: string) => string);

/** Keys of vendors, by the prefix that each documents, with nothing beside them that names them. */
export const vendorKeys: Readonly<Record<string, Case>> = {
  'Google API key': bare(`AIza${'Sy'}${url64(33)}`),
  'Google API key, new form of Gemini': bare(`AQ.Ab8RN6${url64(44)}`),
  'Gemini ephemeral token': bare(`auth_tokens/${hex(64)}`),
  'Google OAuth access token': bare(`ya29.a0${url64(160)}`),
  'Google OAuth refresh token': bare(`1//0${url64(98)}`),
  'Google OAuth client secret': bare(`GOCSPX-${url64(28)}`),
  'OpenAI legacy': bare(`sk-${b62(20)}T3BlbkFJ${b62(20)}`),
  'OpenAI project': bare(`sk-proj-${url64(74)}T3BlbkFJ${url64(74)}`),
  'OpenAI service account': bare(`sk-svcacct-${url64(58)}T3BlbkFJ${url64(58)}`),
  Anthropic: bare(`sk-ant-api03-${url64(93)}AA`),
  'Anthropic admin': bare(`sk-ant-admin01-${url64(93)}AA`),
  'AWS access key id': bare(`AKIA${from(`${upper}234567`, 16)}`),
  'AWS temporary key id': bare(`ASIA${from(`${upper}234567`, 16)}`),
  'GitHub personal classic': bare(`ghp_${b62(36)}`),
  'GitHub OAuth': bare(`gho_${b62(36)}`),
  'GitHub server': bare(`ghs_${b62(36)}`),
  'GitHub user': bare(`ghu_${b62(36)}`),
  'GitHub refresh': bare(`ghr_${b62(76)}`),
  'GitHub fine-grained': bare(`github_pat_${b62(22)}_${b62(59)}`),
  'GitLab personal': bare(`glpat-${url64(20)}`),
  'GitLab pipeline trigger': bare(`glptt-${hex(40)}`),
  'GitLab runner': bare(`glrt-${url64(20)}`),
  'Slack bot': bare(`xoxb-${dec(12)}-${dec(13)}-${b62(24)}`),
  'Slack user': bare(`xoxp-${dec(12)}-${dec(12)}-${dec(13)}-${hex(32)}`),
  'Slack app level': bare(`xapp-1-A${UPPER(10)}-${dec(13)}-${hex(64)}`),
  'Slack webhook': bare(`https://hooks.slack.com/services/T${UPPER(8)}/B${UPPER(10)}/${b62(24)}`),
  'Stripe live': bare(`sk_live_${b62(24)}`),
  'Stripe live long': bare(`sk_live_51${b62(97)}`),
  'Stripe restricted': bare(`rk_live_${b62(24)}`),
  'Stripe test': bare(`sk_test_${b62(24)}`),
  'Stripe webhook': bare(`whsec_${b62(32)}`),
  'Twilio API key': bare(`SK${hex(32)}`),
  SendGrid: bare(`SG.${url64(22)}.${url64(43)}`),
  Mailgun: bare(`key-${hex(32)}`),
  Mailchimp: bare(`${hex(32)}-us14`),
  'npm token': bare(`npm_${b62(36)}`),
  'PyPI token': bare(`pypi-AgEIcHlwaS5vcmc${url64(150)}`),
  'Docker Hub': bare(`dckr_pat_${url64(27)}`),
  'DigitalOcean personal': bare(`dop_v1_${hex(64)}`),
  'DigitalOcean OAuth': bare(`doo_v1_${hex(64)}`),
  'Hugging Face': bare(`hf_${from(lower + upper, 34)}`),
  Replicate: bare(`r8_${b62(37)}`),
  Groq: bare(`gsk_${b62(52)}`),
  Perplexity: bare(`pplx-${b62(48)}`),
  xAI: bare(`xai-${b62(80)}`),
  Tavily: bare(`tvly-${b62(32)}`),
  'Tavily dev': bare(`tvly-dev-${b62(32)}`),
  OpenRouter: bare(`sk-or-v1-${hex(64)}`),
  LangSmith: bare(`lsv2_pt_${hex(32)}_${hex(10)}`),
  'Langfuse secret': bare(`sk-lf-${uuid()}`),
  'Shopify access': bare(`shpat_${hex(32)}`),
  'Shopify shared secret': bare(`shpss_${hex(32)}`),
  'Square access': bare(`EAAA${url64(60)}`),
  'Square OAuth secret': bare(`sq0csp-${url64(43)}`),
  'Telegram bot': bare(`${dec(10)}:AA${url64(33)}`),
  'Discord bot': bare(`MT${b62(24)}.${b62(6)}.${url64(38)}`),
  'Discord webhook': bare(`https://discord.com/api/webhooks/${dec(19)}/${url64(68)}`),
  Notion: bare(`ntn_${dec(11)}${b62(35)}`),
  'Notion secret': bare(`secret_${b62(43)}`),
  'Linear API': bare(`lin_api_${b62(40)}`),
  'Airtable personal': bare(`pat${b62(14)}.${hex(64)}`),
  'Atlassian API token': bare(`ATATT3xFfGF0${url64(170)}=${hex(8).toUpperCase()}`),
  Bitbucket: bare(`ATBB${b62(24)}${hex(8).toUpperCase()}`),
  'Figma personal': bare(`figd_${url64(40)}`),
  'Grafana service account': bare(`glsa_${b62(32)}_${hex(8)}`),
  'Grafana cloud': bare(`glc_${b64(60)}`),
  'New Relic user': bare(`NRAK-${UPPER(27)}`),
  'Sentry user auth': bare(`sntryu_${hex(64)}`),
  'Sentry org': bare(`sntrys_${url64(80)}_${url64(43)}`),
  'Databricks personal': bare(`dapi${hex(32)}`),
  'HashiCorp Vault service': bare(`hvs.${url64(95)}`),
  'HashiCorp Vault batch': bare(`hvb.${url64(140)}`),
  'Terraform Cloud': bare(`${b62(14)}.atlasv1.${url64(67)}`),
  Doppler: bare(`dp.pt.${b62(43)}`),
  Fly: bare(`fo1_${url64(43)}`),
  'Fly macaroon': bare(`FlyV1 fm2_${b64(120)}`),
  Netlify: bare(`nfp_${b62(36)}`),
  Render: bare(`rnd_${b62(28)}`),
  Supabase: bare(`sbp_${hex(40)}`),
  'Supabase secret': bare(`sb_secret_${url64(31)}`),
  PlanetScale: bare(`pscale_tkn_${url64(43)}`),
  'PlanetScale password': bare(`pscale_pw_${url64(43)}`),
  Neon: bare(`napi_${low(64)}`),
  Postman: bare(`PMAK-${hex(24)}-${hex(34)}`),
  RubyGems: bare(`rubygems_${hex(48)}`),
  'Crates.io': bare(`cio${b62(32)}`),
  'Dynatrace token': bare(`dt0c01.${from(`${upper}234567`, 24)}.${from(`${upper}234567`, 64)}`),
  'Azure AD client secret': bare(`${b62(3)}8Q~${url64(34)}`),
  'Azure storage connection': (() => {
    const key = `${b64(86)}==`;
    return [
      `DefaultEndpointsProtocol=https;AccountName=media;AccountKey=${key};EndpointSuffix=core.windows.net`,
      key,
    ];
  })(),
  'Azure SAS': (() => {
    const sig = encodeURIComponent(`${b64(43)}=`);
    return [
      `https://media.blob.core.windows.net/in/a.wav?sv=2024-11-04&se=2026-12-01&sr=b&sp=r&sig=${sig}`,
      sig,
    ];
  })(),
  'S3 presigned URL': (() => {
    const sig = hex(64);
    return [
      `https://b.s3.amazonaws.com/a?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=900&X-Amz-Signature=${sig}`,
      sig,
    ];
  })(),
  'GCS signed URL': (() => {
    const sig = hex(512);
    return [
      `https://storage.googleapis.com/b/o?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Signature=${sig}`,
      sig,
    ];
  })(),
  'LiveKit/JWT bare': bare(jwt()),
  'Mapbox secret': bare(`sk.eyJ1Ijoi${b62(50)}.${url64(22)}`),
  Pulumi: bare(`pul-${hex(40)}`),
  Prefect: bare(`pnu_${b62(36)}`),
  Contentful: bare(`CFPAT-${url64(43)}`),
  'age secret key': bare(`AGE-SECRET-KEY-1${from('QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58)}`),
  '1Password service account': bare(`ops_eyJ${url64(300)}`),
  'Cloudflare origin CA': bare(`v1.0-${hex(24)}-${hex(146)}`),
  Buildkite: bare(`bkua_${hex(40)}`),
  'Nvidia NGC': bare(`nvapi-${url64(64)}`),
  Fireworks: bare(`fw_${b62(24)}`),
  Cerebras: bare(`csk-${low(48)}`),
  ElevenLabs: bare(`sk_${hex(48)}`),
  Resend: bare(`re_${b62(8)}_${b62(24)}`),
  Brevo: bare(`xkeysib-${hex(64)}-${b62(16)}`),
  'Cloudinary URL': (() => {
    const s = url64(27);
    return [`cloudinary://${dec(15)}:${s}@my-cloud`, s];
  })(),
  HubSpot: bare(`pat-na1-${uuid()}`),
  Facebook: bare(`EAA${b62(120)}`),
  'Facebook page': bare(`EAACEdEose0cBA${b62(80)}`),
  Asana: bare(`2/${dec(16)}/${dec(16)}:${hex(32)}`),
  Plaid: bare(`access-production-${uuid()}`),
  Razorpay: bare(`rzp_live_${b62(14)}`),
  Flutterwave: bare(`FLWSECK-${hex(32)}-X`),
  'Sendinblue smtp': bare(`xsmtpsib-${hex(64)}-${b62(16)}`),
  Typeform: bare(`tfp_${url64(59)}`),
  'Dropbox short': bare(`sl.${url64(136)}`),
  EasyPost: bare(`EZAK${b62(54)}`),
  Algolia: wrap(hex(32), (s) => `X-Algolia-API-Key: ${s}`),
};

const password = 'Tr0ub4dor&3-horse';
const opaque = () => b62(28);

/** Secrets that only the name beside them gives away, however it is written. */
export const named: Readonly<Record<string, Case>> = {
  'JSON password': [`{"user":"ada","password":"${password}"}`, password],
  'JSON pwd with spaces': [`{ "pwd" : "${password}" , "n" : 3 }`, password],
  'JSON apiKey': wrap(opaque(), (s) => `{"apiKey":"${s}","region":"eu"}`),
  'JSON access_token': wrap(
    opaque(),
    (s) => `{"access_token":"${s}","expires_in":3599,"token_type":"Bearer"}`,
  ),
  'JSON refreshToken': wrap(opaque(), (s) => `{"refreshToken":"${s}"}`),
  'JSON id_token': wrap(opaque(), (s) => `{"id_token":"${s}"}`),
  'JSON clientSecret': wrap(opaque(), (s) => `{"clientSecret":"${s}"}`),
  'JSON secret': wrap(opaque(), (s) => `{"secret":"${s}"}`),
  'JSON token': wrap(opaque(), (s) => `{"token":"${s}"}`),
  'JSON number PIN': [`{"pin":839201,"user":"ada"}`, '839201'],
  'JSON passphrase': [`{"passphrase":"${password}"}`, password],
  'JSON escaped': [JSON.stringify({ body: JSON.stringify({ password }) }), password],
  'JSON escaped twice': [JSON.stringify(JSON.stringify({ body: JSON.stringify({ password }) })), password],
  'JSON escaped quote in the value': ['{"password":"ab\\"cdSECRETtail"}', 'cdSECRETtail'],
  'JSON escaped backslash at the end': ['{"a":"b","password":"abcdef\\\\","next":"visible"}', 'abcdef'],
  'JSON nested object': [JSON.stringify({ credentials: { user: 'ada', password } }), password],
  'JSON array of pairs': wrap(
    opaque(),
    (s) => `{"headers":[{"name":"Authorization","value":"Bearer ${s}"}]}`,
  ),
  'JSON of name and value, no scheme': wrap(opaque(), (s) => `[{"name":"x-api-key","value":"${s}"}]`),
  'JSON of key and value': wrap(opaque(), (s) => `{"key":"DB_PASSWORD","value":"${s}"}`),
  'unicode escape in the name': [`{"pass\\u0077ord":"${password}"}`, password],
  'unicode escapes in the value': ['{"password":"\\u0053\\u0033cr3tValue99"}', 'cr3tValue99'],
  'JSON list of tokens': wrap(opaque(), (s) => `{"tokens":["${s}"]}`),
  'JSON AWS': wrap(b64(40), (s) => `{"AccessKeyId":"x","SecretAccessKey":"${s}"}`),
  'JSON session token': wrap(b64(200), (s) => `{"SessionToken":"${s}"}`),
  'Python repr': [`{'password': '${password}', 'user': 'ada'}`, password],
  'JavaScript object': [`{ password: '${password}', user: 'ada' }`, password],
  'Ruby hash': [`{:password=>"${password}", :user=>"ada"}`, password],
  'PHP array': [`['password' => '${password}']`, password],
  'Go struct': [`{User:ada Password:${password} Host:db}`, password],
  YAML: [`db:\n  user: ada\n  password: ${password}\n  host: db`, password],
  'YAML quoted': [`password: "${password}"`, password],
  TOML: [`api_key = "${password}"`, password],
  INI: [`[client]\nuser=ada\npassword=${password}\n`, password],
  dotenv: wrap(opaque(), (s) => `OPENAI_API_KEY=${s}\nPORT=8080`),
  'dotenv quoted': wrap(opaque(), (s) => `DATABASE_PASSWORD='${s}'`),
  'dotenv export': wrap(opaque(), (s) => `export SECRET_KEY=${s}`),
  'dotenv django': wrap(opaque(), (s) => `DJANGO_SECRET_KEY="${s}"`),
  'AWS credentials file': wrap(
    b64(40),
    (s) => `[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${s}`,
  ),
  npmrc: wrap(uuid(), (s) => `//registry.npmjs.org/:_authToken=${s}`),
  netrc: [`machine api.example.com login ada password ${password}`, password],
  pgpass: [`PGPASSWORD=${password} psql -h db`, password],
  'command line --password': [`mysql --user=ada --password=${password} db`, password],
  'command line --password with space': [`tool login --username ada --password ${password}`, password],
  'command line --token': wrap(opaque(), (s) => `gh auth login --token ${s}`),
  'curl -u': [`curl -u ada:${password} https://example.com`, password],
  'URL user and password': [
    `postgres://ada:${encodeURIComponent(password)}@db.example.com:5432/app`,
    encodeURIComponent(password),
  ],
  'redis URL': [`redis://:${'p4ssw0rdXyz'}@cache:6379/0`, 'p4ssw0rdXyz'],
  'mongodb+srv': [`mongodb+srv://ada:${'p4ssw0rdXyz'}@cluster0.example.net/app`, 'p4ssw0rdXyz'],
  'https URL with token user': wrap(
    opaque(),
    (s) => `git clone https://x-access-token:${s}@github.com/a/b.git`,
  ),
  'query key=': wrap(opaque(), (s) => `https://api.example.com/v1?key=${s}&q=1`),
  'query api_key': wrap(opaque(), (s) => `GET /v1/items?api_key=${s}&page=2`),
  'query access_token': wrap(opaque(), (s) => `https://example.com/cb#access_token=${s}&state=1`),
  'query code OAuth': wrap(`4/0A${url64(60)}`, (s) => `https://example.com/callback?state=1&code=${s}`),
  'query token': wrap(opaque(), (s) => `wss://example.com/live?token=${s}`),
  'query signature': wrap(hex(64), (s) => `https://example.com/f?signature=${s}`),
  'form body': [
    `grant_type=password&username=ada&password=${encodeURIComponent(password)}`,
    encodeURIComponent(password),
  ],
  'form refresh_token': wrap(opaque(), (s) => `grant_type=refresh_token&refresh_token=${s}&client_id=app`),
  'URL-encoded JSON': [
    encodeURIComponent(JSON.stringify({ user: 'ada', password: 'horsebattery9' })),
    'horsebattery9',
  ],
  'URL-encoded form in a form': [
    `next=${encodeURIComponent('/login?password=horsebattery9&x=1')}`,
    'horsebattery9',
  ],
  'base64 JSON': (() => {
    const s = Buffer.from(JSON.stringify({ user: 'ada', password: 'horsebattery9' })).toString('base64');
    return [`{"state":"${s}"}`, s.slice(20, 60)];
  })(),
  'base64 JSON of a service account': (() => {
    const s = Buffer.from(
      JSON.stringify({
        type: 'service_account',
        private_key: `-----BEGIN PRIVATE KEY-----\n${b64(120)}\n-----END PRIVATE KEY-----\n`,
      }),
    ).toString('base64');
    return [`GOOGLE_CREDENTIALS_B64 ${s}`, s.slice(40, 150)];
  })(),
  'header Authorization Bearer': wrap(opaque(), (s) => `Authorization: Bearer ${s}`),
  'header authorization lower': wrap(opaque(), (s) => `authorization: bearer ${s}`),
  'header Basic': (() => {
    const s = Buffer.from(`ada:${password}`).toString('base64');
    return [`Authorization: Basic ${s}`, s];
  })(),
  'header Digest': wrap(
    hex(32),
    (s) => `Authorization: Digest username="ada", realm="x", nonce="7", response="${s}"`,
  ),
  'header Token scheme': wrap(hex(40), (s) => `Authorization: Token ${s}`),
  'header raw': wrap(hex(40), (s) => `Authorization: ${s}`),
  'header AWS4': wrap(
    hex(64),
    (s) =>
      `Authorization: AWS4-HMAC-SHA256 Credential=x/20261127/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=${s}`,
  ),
  'header x-goog-api-key': wrap(opaque(), (s) => `x-goog-api-key: ${s}`),
  'header X-Auth-Token': wrap(opaque(), (s) => `X-Auth-Token: ${s}`),
  'header PRIVATE-TOKEN': wrap(opaque(), (s) => `PRIVATE-TOKEN: ${s}`),
  'header Cookie': wrap(opaque(), (s) => `Cookie: theme=dark; sessionid=${s}; lang=en`),
  'header Set-Cookie': wrap(opaque(), (s) => `Set-Cookie: connect.sid=s%3A${s}; Path=/; HttpOnly`),
  'header Proxy-Authorization': (() => {
    const s = Buffer.from('proxy:letmein42').toString('base64');
    return [`Proxy-Authorization: Basic ${s}`, s];
  })(),
  'header X-CSRF': wrap(opaque(), (s) => `X-CSRF-Token: ${s}`),
  'header X-Amz-Security-Token': wrap(b64(120), (s) => `X-Amz-Security-Token: ${s}`),
  'headers as JSON': wrap(opaque(), (s) =>
    JSON.stringify({ headers: { authorization: `Bearer ${s}`, accept: '*/*' } }),
  ),
  'headers as a raw array': wrap(opaque(), (s) =>
    JSON.stringify(['Host', 'x', 'Authorization', `Bearer ${s}`]),
  ),
  'headers as inspect': wrap(opaque(), (s) => `headers: { 'x-api-key': '${s}', accept: 'text/plain' }`),
  'curl -H': wrap(opaque(), (s) => `curl -H "Authorization: Bearer ${s}" https://example.com`),
  'curl -H api key': wrap(opaque(), (s) => `curl -H 'X-API-KEY: ${s}' https://example.com`),
  PEM: (() => {
    const s = [b64(64), b64(64), b64(40)];
    return [`-----BEGIN PRIVATE KEY-----\n${s.join('\n')}\n-----END PRIVATE KEY-----`, ...s];
  })(),
  'PEM RSA, CRLF': (() => {
    const s = [b64(64), b64(64)];
    return [`-----BEGIN RSA PRIVATE KEY-----\r\n${s.join('\r\n')}\r\n-----END RSA PRIVATE KEY-----`, ...s];
  })(),
  'PEM in JSON': (() => {
    const s = [b64(64), b64(64)];
    return [
      JSON.stringify({
        note: `-----BEGIN EC PRIVATE KEY-----\n${s.join('\n')}\n-----END EC PRIVATE KEY-----\n`,
      }),
      ...s,
    ];
  })(),
  'PEM in JSON twice': (() => {
    const s = [b64(64), b64(64)];
    return [
      JSON.stringify(
        JSON.stringify({ note: `-----BEGIN PRIVATE KEY-----\n${s.join('\n')}\n-----END PRIVATE KEY-----\n` }),
      ),
      ...s,
    ];
  })(),
  'PEM OpenSSH': (() => {
    const s = [b64(70), b64(70)];
    return [`-----BEGIN OPENSSH PRIVATE KEY-----\n${s.join('\n')}\n-----END OPENSSH PRIVATE KEY-----`, ...s];
  })(),
  'PEM encrypted': (() => {
    const s = [b64(64), b64(64)];
    return [
      `-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,${hex(32)}\n\n${s.join('\n')}\n-----END RSA PRIVATE KEY-----`,
      ...s,
    ];
  })(),
  'PEM cut before its end': (() => {
    const s = [b64(64), b64(64)];
    return [`-----BEGIN PRIVATE KEY-----\n${s.join('\n')}`, ...s];
  })(),
  'PGP private block': (() => {
    const s = [b64(64), b64(64)];
    return [
      `-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n${s.join('\n')}\n=abcd\n-----END PGP PRIVATE KEY BLOCK-----`,
      ...s,
    ];
  })(),
  PuTTY: (() => {
    const s = [b64(64), b64(20)];
    return [
      `PuTTY-User-Key-File-3: ssh-rsa\nPrivate-Lines: 2\n${s.join('\n')}\nPrivate-MAC: ${hex(64)}`,
      ...s,
    ];
  })(),
  'XML element': [`<user>ada</user><password>${'horsebattery9'}</password>`, 'horsebattery9'],
  'XML attribute': [`<db user="ada" password="${'horsebattery9'}"/>`, 'horsebattery9'],
  SOAP: [`<wsse:Password Type="PasswordText">horsebattery9</wsse:Password>`, 'horsebattery9'],
  'HTML input': [`<input type="hidden" name="csrf_token" value="kJh3Gf7dSa21Qw">`, 'kJh3Gf7dSa21Qw'],
  JDBC: [`jdbc:sqlserver://db;user=ada;password=horsebattery9;encrypt=true`, 'horsebattery9'],
  'ADO connection string': [`Server=db;Database=app;User Id=ada;Pwd=horsebattery9;`, 'horsebattery9'],
  'libpq string': [`host=db user=ada password=horsebattery9 dbname=app`, 'horsebattery9'],
  'AMQP URL': ['amqps://ada:horsebattery9@mq.example.com/v', 'horsebattery9'],
  'Sentry DSN': wrap(hex(32), (s) => `https://${s}@o12345.ingest.sentry.io/6789`),
  'SQL create user': [`CREATE USER ada WITH PASSWORD 'horsebattery9';`, 'horsebattery9'],
  'SQL identified by': [`CREATE USER ada IDENTIFIED BY 'horsebattery9';`, 'horsebattery9'],
  'prose password is': ['The admin password is horsebattery9, do not share it.', 'horsebattery9'],
  'prose my password': ['my password: horsebattery9', 'horsebattery9'],
  'prose api key': wrap(opaque(), (s) => `Use the API key ${s} for the test.`),
  'prose token is': wrap(opaque(), (s) => `Your access token is ${s}.`),
  'log token=': wrap(opaque(), (s) => `level=info msg="refreshed" token=${s} user=ada`),
  'log session_id': wrap(opaque(), (s) => `session_token=${s}`),
  'resumption handle': wrap(url64(60), (s) => `{"sessionResumption":{"handle":"${s}"}}`),
  'new handle': wrap(url64(60), (s) => `{"sessionResumptionUpdate":{"newHandle":"${s}","resumable":true}}`),
  'new_handle snake': wrap(url64(60), (s) => `{"session_resumption_update":{"new_handle":"${s}"}}`),
  'client_secret in form': wrap(
    opaque(),
    (s) => `client_id=app&client_secret=${s}&grant_type=client_credentials`,
  ),
  assertion: (() => {
    const s = jwt();
    return [`assertion=${s}`, s.split('.')[2] as string];
  })(),
  'JWT in a cookie': (() => {
    const s = jwt();
    return [`Cookie: jwt=${s}`, s.split('.')[2] as string];
  })(),
  'JWT in JSON': (() => {
    const s = jwt();
    return [`{"data":{"t":"${s}"}}`, s.split('.')[2] as string];
  })(),
  'JWT URL-encoded': (() => {
    const s = jwt();
    return [`https://example.com/?t=${encodeURIComponent(s)}`, s.split('.')[2] as string];
  })(),
  'camel case name': wrap(opaque(), (s) => `{"stripeSecretKey":"${s}"}`),
  'kebab name': wrap(opaque(), (s) => `{"web-push-private-key":"${s}"}`),
  'encryption key': wrap(hex(64), (s) => `{"encryptionKey":"${s}"}`),
  'signing secret': wrap(hex(64), (s) => `SLACK_SIGNING_SECRET=${s}`),
  'one-time code': ['{"otp":"482913"}', '482913'],
  'two-factor secret': wrap(
    from(`${upper}234567`, 32),
    (s) => `otpauth://totp/Example:ada?secret=${s}&issuer=Example`,
  ),
  'capital names': [`PASSWORD: ${password}`, password],
  'spaces in the name': wrap(opaque(), (s) => `API Key: ${s}`),
  'Client Secret with spaces': wrap(opaque(), (s) => `Client Secret: ${s}`),
  'full-width colon': [`password：horsebattery9`, 'horsebattery9'],
  'Markdown bold': ['**Password:** horsebattery9', 'horsebattery9'],
  'Markdown code': ['Password: `horsebattery9`', 'horsebattery9'],
  'table row': ['| password | horsebattery9 |', 'horsebattery9'],
  'null byte value': ['{"password":"horse\\u0000battery9"}', 'battery9'],
  'multi-line value': ['{"password":"horse\\nbattery9tail"}', 'battery9tail'],
  'unterminated JSON': ['{"user":"ada","password":"horsebattery9', 'horsebattery9'],
  'JSON with a comment': ['{"password": /* old */ "horsebattery9"}', 'horsebattery9'],
  'JSON5 single': ["{password:'horsebattery9'}", 'horsebattery9'],
  'kubectl secret': (() => {
    const s = Buffer.from('horsebattery9!').toString('base64');
    return [`apiVersion: v1\nkind: Secret\ndata:\n  password: ${s}\n`, s];
  })(),
  'docker config': (() => {
    const s = Buffer.from('ada:horsebattery9').toString('base64');
    return [`{"auths":{"ghcr.io":{"auth":"${s}"}}}`, s];
  })(),
  'Kubernetes token file': (() => {
    const s = jwt();
    return [`    token: ${s}`, s.split('.')[2] as string];
  })(),
  German: ['Das Passwort lautet: horsebattery9', 'horsebattery9'],
  Spanish: ['{"contraseña":"horsebattery9"}', 'horsebattery9'],
  French: ['mot de passe : horsebattery9', 'horsebattery9'],
};
