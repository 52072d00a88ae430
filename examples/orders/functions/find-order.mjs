/** GET /orders/{id}: tells how an order stands. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

const table = DynamoDBDocumentClient.from(new DynamoDBClient());

export async function handler(event) {
  const key = { id: event.pathParameters.id };
  const { Item: order } = await table.send(new GetCommand({ TableName: process.env.TABLE, Key: key }));
  return order === undefined
    ? { statusCode: 404, body: JSON.stringify({ error: 'no such order' }) }
    : { statusCode: 200, body: JSON.stringify(order) };
}
