// As PM2 runs a cluster, with live-otel and without.
const app = { script: 'apps/pm2.mjs', exec_mode: 'cluster', instances: 1, autorestart: false };

module.exports = {
  apps: [
    { ...app, name: 'without' },
    { ...app, name: 'recorded', node_args: '--require live-otel/register' },
  ],
};
