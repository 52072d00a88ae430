/** Stands in for the API of the orders service in a rehearsal: takes orders and ships them. Says where it listens. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

const orders = new Set();

const server = createServer((request, response) => {
  const answer = (status, body) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  request.resume();
  if (request.method === 'POST' && request.url === '/orders') {
    const id = randomUUID();
    orders.add(id);
    return answer(201, { id, status: 'accepted' });
  }
  const id = /^\/orders\/([^/]+)$/.exec(request.url ?? '')?.[1];
  if (request.method === 'GET' && orders.has(id)) return answer(200, { id, status: 'shipped' });
  return answer(404, { message: 'there is no such order' });
});

server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
