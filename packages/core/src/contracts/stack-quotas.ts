/** What one stack of CloudFormation holds at most: AWS CloudFormation User Guide, "Quotas". */
export const stackQuotas = {
  templateBytes: 1_000_000,
  resources: 500,
  parameters: 200,
  outputs: 200,
  mappings: 200,
  tags: 50,
} as const;
