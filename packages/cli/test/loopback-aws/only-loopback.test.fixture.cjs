/** Required by every process of Node that a test starts: refuses connections that leave this machine, and writes them down. */
const { appendFileSync } = require('node:fs');
const { Socket } = require('node:net');

const { connect } = Socket.prototype;
const isLoopback = (host) => /^(localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/.test(host);

Socket.prototype.connect = function connectOnLoopback(...parameters) {
  // As `net` hands them on, the arguments may already be normalised to a list with the options first.
  const [first, second] = Array.isArray(parameters[0]) ? parameters[0] : parameters;
  const options = typeof first === 'object' && first !== null ? first : { port: first, host: second };
  const host = typeof options.host === 'string' ? options.host : 'localhost';
  if (options.path !== undefined || isLoopback(host)) return connect.apply(this, parameters);
  appendFileSync(process.env.TEST_ESCAPES, `${process.argv[1]} ${host}:${options.port}\n`);
  process.nextTick(() => this.destroy(new Error(`connect ECONNREFUSED ${host}: only loopback is allowed in tests`)));
  return this;
};
