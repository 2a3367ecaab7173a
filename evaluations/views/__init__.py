from evaluations.views.evaluations import (
    due_list,
    evaluation_create,
    evaluation_detail,
    evaluation_list,
    evaluation_step,
)

__all__ = ["due_list", "evaluation_create", "evaluation_detail", "evaluation_list", "evaluation_step"]
