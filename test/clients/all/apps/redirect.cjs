// For clients that only know Google's own address: connections to it go to the simulator, which serves TLS there.
const net = require('node:net');

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  const [options] = Array.isArray(args[0]) ? args[0] : args;
  if (String(options?.host).endsWith('googleapis.com')) {
    options.host = '127.0.0.1';
    options.port = Number(process.env.TLS_PORT);
  }
  return connect.apply(this, args);
};
