/** Amazon Simple Notification Service: topics that keep what is published to them. */
import { AwsFault } from './fault.test.fixture.ts';
import type { Handlers } from './world.test.fixture.ts';

export const sns: Handlers = {
  Publish: ({ world, input, authorize }) => {
    const topic = String(input.TopicArn);
    authorize('sns:Publish', topic);
    if (!world.store.findByArn(topic)) throw new AwsFault('NotFound', 'Topic does not exist', 404);
    const subject = String(input.Subject);
    // API reference, "Publish": of ASCII without line breaks or control characters, and shorter than 100 characters.
    if (!/^[\x21-\x7e][\x20-\x7e]{0,98}$/.test(subject)) throw new AwsFault('InvalidParameter', 'Subject');
    const messages = JSON.parse(String(input.Message));
    // "contain at least a top-level JSON key of "default" with a value that is a string".
    if (input.MessageStructure !== 'json' || typeof messages.default !== 'string')
      throw new AwsFault('InvalidParameter', 'Message');
    world.published.push({ topic, subject, messages });
    return { MessageId: 'message-1' };
  },
};
