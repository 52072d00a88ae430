/** IAM actions that decide an approval. https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-iam-permissions.html */
export const decidingActions = ['codepipeline:PutApprovalResult'];
