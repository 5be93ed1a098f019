/** Every message that the description of the coordinator protocol shows, as it is written there. */
export const MESSAGES = [
  {
    id: 'msg-20251116-153045',
    from: 'coordinator',
    to: 'project-instance',
    timestamp: '2025-11-16T15:30:45Z',
    type: 'directive',
    priority: 'high',
    content: 'Implement Layer 3 (Processing) - TemplateRenderer class. Focus on security (sandboxed Jinja2 per PM-002). Target: Week 1 completion.',
    references: ['layer3-renderer-implementation'],
    metadata: {
      task_id: 'layer3-renderer-implementation',
    },
    read: false,
  },
  {
    id: 'msg-20251116-160000',
    from: 'project-instance',
    to: 'coordinator',
    timestamp: '2025-11-16T16:00:00Z',
    type: 'question',
    priority: 'normal',
    content: 'Should we prioritize Layer 3 test coverage (>90%) or move to Layer 2 integration after basic renderer works (>70% coverage)?',
    references: ['layer3-renderer-implementation'],
    metadata: {
      task_id: 'layer3-renderer-implementation',
      context: 'Week 1 timeline may be tight for >90% coverage',
    },
    read: false,
  },
  {
    id: 'msg-20251116-163000',
    from: 'coordinator',
    to: 'project-instance',
    timestamp: '2025-11-16T16:30:00Z',
    type: 'response',
    priority: 'normal',
    content: 'Prioritize test coverage >90% for Layer 3. Solid foundation more important than speed. Adjust timeline if needed.',
    references: ['msg-20251116-160000', 'layer3-renderer-implementation'],
    read: false,
  },
  {
    id: 'msg-20251116-170000',
    from: 'project-instance',
    to: 'coordinator',
    timestamp: '2025-11-16T17:00:00Z',
    type: 'progress',
    content: 'TemplateRenderer implemented with 15 unit tests. Quality gates: mypy ✓, ruff ✓, black ✓, pytest 87% coverage. Targeting 90% by EOD.',
    references: ['layer3-renderer-implementation'],
    metadata: {
      task_id: 'layer3-renderer-implementation',
      artifacts: ['src/cogito/processing/renderer.py', 'tests/unit/test_renderer.py'],
      quality_gates: {
        mypy: {
          status: 'passed',
          errors: 0,
        },
        ruff: {
          status: 'passed',
          violations: 0,
        },
        black: {
          status: 'passed',
        },
        pytest: {
          status: 'passed',
          coverage_percent: 87,
        },
      },
    },
    read: false,
  },
  {
    id: 'msg-20251116-180000',
    from: 'project-instance',
    to: 'coordinator',
    timestamp: '2025-11-16T18:00:00Z',
    type: 'blocker',
    priority: 'urgent',
    content:
      'Cannot proceed with Layer 2 integration tests - missing specification for tool discovery protocol. Need clarification on auto-discovery vs. registry pattern.',
    references: ['layer2-orchestration'],
    metadata: {
      task_id: 'layer2-orchestration',
      blocker_type: 'missing_information',
    },
    read: false,
  },
  {
    id: 'msg-20251118-120000',
    from: 'project-instance',
    to: 'coordinator',
    timestamp: '2025-11-18T12:00:00Z',
    type: 'completion',
    content:
      'Layer 3 (Processing) complete. TemplateRenderer + ParameterValidator implemented with 92% test coverage. All quality gates passed. Ready for Layer 2.',
    references: ['layer3-renderer-implementation'],
    metadata: {
      task_id: 'layer3-renderer-implementation',
      artifacts: [
        'src/cogito/processing/renderer.py',
        'src/cogito/processing/validator.py',
        'src/cogito/processing/__init__.py',
        'tests/unit/test_renderer.py',
        'tests/unit/test_validator.py',
      ],
      quality_gates: {
        mypy: {
          status: 'passed',
          errors: 0,
        },
        ruff: {
          status: 'passed',
          violations: 0,
        },
        black: {
          status: 'passed',
        },
        pytest: {
          status: 'passed',
          passed: 28,
          failed: 0,
          coverage_percent: 92,
        },
        validation: {
          status: 'passed',
          tools_validated: 9,
        },
      },
      metrics: {
        lines_of_code: 450,
        test_count: 28,
        time_spent_minutes: 180,
      },
    },
    read: false,
  },
  {
    id: 'msg-20251116-190000',
    from: 'project-instance',
    to: 'coordinator',
    timestamp: '2025-11-16T19:00:00Z',
    type: 'error',
    priority: 'high',
    content: 'Quality gate failure: 3 type errors in renderer.py after refactoring. Rolling back changes. Will fix and retry.',
    references: ['layer3-renderer-implementation'],
    metadata: {
      task_id: 'layer3-renderer-implementation',
      error_type: 'quality_gate_failure',
      quality_gates: {
        mypy: {
          status: 'failed',
          errors: 3,
        },
      },
    },
    read: false,
  },
  {
    id: 'msg-20251116-153045',
    from: 'coordinator',
    to: 'project-instance',
    timestamp: '2025-11-16T15:30:45Z',
    type: 'directive',
    content: 'Implement Layer 3 Processing',
    priority: 'high',
    read: false,
  },
  {
    id: 'msg-20251116-163000',
    from: 'coordinator',
    to: 'project-instance',
    timestamp: '2025-11-16T16:30:00Z',
    type: 'response',
    content: 'Prioritize test coverage >90%',
    references: ['msg-20251116-160000'],
    read: false,
  },
];

/** The `current-task.json` that it shows. */
export const CURRENT_TASK = {
  task_id: 'layer3-renderer-implementation',
  task_name: 'Layer 3 Processing - Template Renderer',
  phase: 'implementation',
  started: '2025-11-16T15:00:00Z',
  updated: '2025-11-16T17:30:00Z',
  estimated_completion: '2025-11-18T18:00:00Z',
  status: 'in_progress',
  current_step: 'implementing_parameter_validation',
  completed_steps: ['design_approved', 'created_renderer_class', 'implemented_sandboxed_environment', 'created_unit_tests', 'renderer_tests_passing'],
  remaining_steps: [
    'implement_parameter_validator',
    'create_validator_tests',
    'integration_test_with_real_tools',
    'documentation',
    'final_quality_gates',
  ],
  blocked_on: null,
  questions_for_coordinator: [],
  artifacts: [
    {
      path: 'src/cogito/processing/renderer.py',
      type: 'source_code',
      status: 'complete',
      created_at: '2025-11-16T15:30:00Z',
    },
    {
      path: 'tests/unit/test_renderer.py',
      type: 'test',
      status: 'complete',
      created_at: '2025-11-16T16:00:00Z',
    },
    {
      path: 'src/cogito/processing/validator.py',
      type: 'source_code',
      status: 'draft',
      created_at: '2025-11-16T17:00:00Z',
    },
  ],
  quality_gates: {
    mypy: {
      status: 'passed',
      last_run: '2025-11-16T17:15:00Z',
      errors: 0,
    },
    ruff: {
      status: 'passed',
      last_run: '2025-11-16T17:15:00Z',
      violations: 0,
    },
    black: {
      status: 'passed',
      last_run: '2025-11-16T17:15:00Z',
    },
    pytest: {
      status: 'passed',
      last_run: '2025-11-16T17:20:00Z',
      passed: 15,
      failed: 0,
      coverage_percent: 87,
    },
    validation: {
      status: 'not_run',
    },
  },
  metrics: {
    lines_of_code: 320,
    test_count: 15,
    time_spent_minutes: 150,
  },
};
