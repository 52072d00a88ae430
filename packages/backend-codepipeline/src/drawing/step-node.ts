/** A node that stands for a step of the author's. */
import type { ApproveNode, BuildNode, ReviewNode } from '@cdkpipe/core';

export type StepNode = BuildNode | ReviewNode | ApproveNode;
