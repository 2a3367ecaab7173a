def assert_problem(answer, status, code="", fields=()):
    """The answer is a problem document of that status; returns it."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["type"] == (f"urn:passerelle:problem:{code}" if code else "about:blank")
    assert problem["title"]
    assert problem["detail"]
    assert set(problem.get("errors", {})) == set(fields)
    return problem
