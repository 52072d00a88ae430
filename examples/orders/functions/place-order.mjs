/** POST /orders: keeps the order and queues it for shipping. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';

const catalogue = JSON.parse(readFileSync(new URL('catalogue.json', import.meta.url), 'utf8'));
const table = DynamoDBDocumentClient.from(new DynamoDBClient());
const queue = new SQSClient();

export async function handler(event) {
  const { sku, quantity } = parse(event);
  const price = Object.hasOwn(catalogue, sku) ? catalogue[sku] : undefined;
  if (price === undefined) return answer(404, { error: 'no such article' });
  if (!Number.isInteger(quantity) || quantity < 1)
    return answer(400, { error: 'quantity must be a whole number from 1' });

  const order = { id: randomUUID(), sku, quantity, total: price * quantity, status: 'placed' };
  await table.send(new PutCommand({ TableName: process.env.TABLE, Item: order }));
  await queue.send(
    new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: JSON.stringify({ id: order.id }) }),
  );
  return answer(201, order);
}

function parse(event) {
  try {
    const text = event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString() : event.body;
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

const answer = (statusCode, body) => ({ statusCode, body: JSON.stringify(body) });
