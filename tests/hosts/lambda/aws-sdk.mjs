// Stands in for the AWS SDK of Lambda's Node: commands are printed.
import { register } from "node:module";

const sdk = `
  class Command { constructor(input) { this.input = input; } }
  export class SendMessageCommand extends Command {}
  export class ChangeMessageVisibilityCommand extends Command {}
  export class SQSClient {
    async send({ constructor, input }) { console.log(JSON.stringify({ sdk: constructor.name, input })); }
  }
`;
const hooks = `
  export const resolve = (specifier, context, next) =>
    specifier === "@aws-sdk/client-sqs"
      ? { url: ${JSON.stringify(`data:text/javascript,${encodeURIComponent(sdk)}`)}, shortCircuit: true }
      : next(specifier, context);
`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
