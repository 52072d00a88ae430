/** Takes orders from the queue, writes their invoice and marks them as shipped, until it is told to stop. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';

const { TABLE, BUCKET, QUEUE_URL } = process.env;
const table = DynamoDBDocumentClient.from(new DynamoDBClient());
const bucket = new S3Client();
const queue = new SQSClient();
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());

while (!stop.signal.aborted) {
  for (const message of await receive()) {
    try {
      await ship(JSON.parse(message.Body).id);
      await queue.send(new DeleteMessageCommand({ QueueUrl: QUEUE_URL, ReceiptHandle: message.ReceiptHandle }));
    } catch (error) {
      // The message comes back after its visibility time-out and ends in the dead-letter queue.
      console.error(error);
    }
  }
}

async function receive() {
  try {
    const command = new ReceiveMessageCommand({ QueueUrl: QUEUE_URL, MaxNumberOfMessages: 10, WaitTimeSeconds: 20 });
    const { Messages = [] } = await queue.send(command, { abortSignal: stop.signal });
    return Messages;
  } catch (error) {
    if (stop.signal.aborted) return [];
    throw error;
  }
}

async function ship(id) {
  const { Item: order } = await table.send(new GetCommand({ TableName: TABLE, Key: { id }, ConsistentRead: true }));
  if (order === undefined) throw new Error(`order ${id} is in the queue and not in the table`);
  await bucket.send(new PutObjectCommand({ Bucket: BUCKET, Key: `${id}.json`, Body: JSON.stringify(order) }));
  await table.send(
    new UpdateCommand({
      TableName: TABLE,
      Key: { id },
      UpdateExpression: 'SET #status = :shipped',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':shipped': 'shipped' },
    }),
  );
}
