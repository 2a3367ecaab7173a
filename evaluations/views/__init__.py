from evaluations.views.evaluations import (
    evaluation_create,
    evaluation_detail,
    evaluation_list,
    evaluation_step,
)

__all__ = ["evaluation_create", "evaluation_detail", "evaluation_list", "evaluation_step"]
