import { describe, expect, test } from 'vitest';
import { withVariables } from './command-values.ts';

const zone = { value: 'parameter', name: '/dns/zoneName' } as const;

test('a parameter in a command is a variable, and the same parameter the same one', () => {
  const taken = new Map<string, string | undefined>();
  expect(withVariables(['curl http://echo.', zone, '/"', zone, '"'], taken)?.command).toBe(
    'curl http://echo.${PARAM_ZONE_NAME}/"${PARAM_ZONE_NAME}"',
  );
  expect([...taken]).toEqual([['PARAM_ZONE_NAME', '/dns/zoneName']]);
  const other = { value: 'parameter', name: '/other/zone-name' } as const;
  expect(withVariables([other, "'it'", zone], taken)?.command).toBe("${PARAM_ZONE_NAME_2}'it'${PARAM_ZONE_NAME}");
});

test('a variable that the step has already is left alone', () => {
  const taken = new Map<string, string | undefined>([['PARAM_ZONE_NAME', undefined]]);
  expect(withVariables([zone], taken)?.command).toBe('${PARAM_ZONE_NAME_2}');
});

describe('a command is not carried over', () => {
  test.each([
    ['in single quotes', ["echo '", zone, "'"]],
    ['in single quotes behind a word in others', [`echo "it's" '`, zone]],
    ['behind a backslash', ['echo \\', zone]],
    ['in a here document', ["cat <<'END'\n", zone]],
    ['with a value that nobody knows', [{ value: 'unknown', text: 'x' } as const]],
  ])('%s', (_, text) => {
    expect(withVariables(text, new Map())).toBeUndefined();
  });
});
