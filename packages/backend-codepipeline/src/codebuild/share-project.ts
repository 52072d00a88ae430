/**
 * Lets actions share a project where each would get the same one, as one approval that stands in several deployments
 * does. Their roles would say the same, too, so nothing can do more than it could in a project of its own.
 */
import type { Stack } from 'aws-cdk-lib';
import type { DrawnProject, SharedProjects } from '../drawing/drawing.ts';
import type { BuildWork } from './build-work.ts';

export function shareProject(
  projects: SharedProjects,
  stack: Stack,
  work: BuildWork,
  draw: () => DrawnProject,
): DrawnProject {
  const key = JSON.stringify([stack.node.path, onlyOfProject(work)]);
  const existing = projects.get(key);
  if (!existing) {
    const made = draw();
    projects.set(key, made);
    return made;
  }
  const { project } = existing;
  if (project.description !== work.description)
    project.description = `${project.description}; ${work.description}`.slice(0, longestDescription);
  return existing;
}

/** CodeBuild takes no longer one. */
export const longestDescription = 255;

/** What stands in a project and its role, apart from what they are called; the rest belongs to the action. */
function onlyOfProject({ nodeId, description, category, resolvedVariables, restartsPipeline, ...work }: BuildWork) {
  return work;
}
