import { codePipelineTrial, localTrial } from '../fixture/backends/own-backends.test.fixture.ts';
import { toyBackend, trialOf } from '../fixture/backends/toy-backend.test.fixture.ts';
import { describeBackend } from '../vitest.ts';

describeBackend(codePipelineTrial);
describeBackend(localTrial);
describeBackend(trialOf(toyBackend));
