"""Reading a posting (岗位文本识别): occupation, skills and level, each with its confidence."""
