"""The trades of the demonstration city: who is needed, taught, equipped and puzzled by what.

Invented content; occupation and major codes are those of the official catalogues.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Trade:
    """One trade of a chain: posts, wages in yuan a month, majors, equipment, courses, problems."""

    chain: str
    post: str
    occupation: str
    wages: tuple[int, int]
    majors: tuple[str, ...]
    level: str
    duties: str
    equipment: tuple[str, ...]
    courses: tuple[str, ...]
    problems: tuple[tuple[str, str], ...]
    results: tuple[str, ...]


TRADES = (
    Trade(
        chain="高端装备",
        post="数控多轴操作调整工",
        occupation="6-18-01-07",
        wages=(4200, 7800),
        majors=("460103", "660103"),
        level="中级工",
        duties="按工艺单装夹、对刀、试切，完成首件检验并记录参数。",
        equipment=("五轴加工中心", "三坐标测量机", "车铣复合中心"),
        courses=("多轴编程与加工", "数控机床精度检测", "切削参数优化"),
        problems=(
            ("薄壁铝件五轴加工变形控制", "壁厚 1.5 mm，变形不大于 0.02 mm"),
            ("高温合金叶片铣削刀具寿命提升", "单刃寿命由 40 件提到 70 件"),
        ),
        results=("一种薄壁件真空夹具", "五轴加工在机测量补偿方法"),
    ),
    Trade(
        chain="高端装备",
        post="工业机器人系统运维员",
        occupation="6-31-07-01",
        wages=(4500, 8200),
        majors=("460305", "660303"),
        level="高级工",
        duties="巡检机器人工作站，更换易损件，处理报警并做节拍优化。",
        equipment=("六轴机器人工作站", "激光焊接机器人", "视觉分拣单元"),
        courses=("工业机器人系统运维", "机器人视觉应用", "产线数字孪生"),
        problems=(
            ("机器人打磨力控不稳", "表面粗糙度 Ra 稳定在 0.8 以内"),
            ("多品种小批量上下料快速换型", "换型时间由 45 分钟降到 10 分钟"),
        ),
        results=("机器人恒力打磨末端", "快换夹爪接口"),
    ),
    Trade(
        chain="高端装备",
        post="装配钳工",
        occupation="6-20-01-01",
        wages=(3900, 6800),
        majors=("460301", "460113"),
        level="中级工",
        duties="按图装配部件，检测配合间隙，参与整机试车。",
        equipment=("装配实训线", "激光干涉仪"),
        courses=("机械装配与调试", "公差配合与测量"),
        problems=(("主轴装配温升偏高", "满速 4 小时温升不超过 18 ℃"),),
        results=("主轴预紧力快速检测装置",),
    ),
    Trade(
        chain="新能源电池",
        post="电池模组装调工",
        occupation="6-24-04-00",
        wages=(4300, 7200),
        majors=("460702",),
        level="中级工",
        duties="完成电芯分选、模组堆叠、激光焊接和气密检测。",
        equipment=("电池模组实训线", "充放电测试柜", "激光焊接台"),
        courses=("动力电池装调", "电池安全与检测", "新能源汽车电控"),
        problems=(
            ("电芯极片涂布面密度一致性", "横向极差不大于 1.5%"),
            ("退役电池快速分选", "单体检测时间不超过 3 分钟"),
        ),
        results=("极片缺陷在线识别方法", "模组气密快速检测工装"),
    ),
    Trade(
        chain="电子信息",
        post="电子设备装接工",
        occupation="6-25-04-07",
        wages=(3800, 6500),
        majors=("510101",),
        level="中级工",
        duties="贴装、焊接、调试整机，填写测试记录。",
        equipment=("表面贴装线", "自动光学检测仪"),
        courses=("电子装联工艺", "单片机应用开发"),
        problems=(("小间距焊点虚焊率偏高", "虚焊率降到 50 ppm 以下"),),
        results=("焊点外观智能判读软件",),
    ),
    Trade(
        chain="电子信息",
        post="计算机软件测试员",
        occupation="4-04-05-02",
        wages=(5000, 9500),
        majors=("510203",),
        level="高级工",
        duties="编写用例，执行功能与接口测试，跟踪缺陷关闭。",
        equipment=("软件测试实训机房",),
        courses=("自动化测试", "接口测试实务", "数据库应用"),
        problems=(("老旧系统接口回归周期长", "回归时间由 5 天降到 1 天"),),
        results=("接口用例自动生成工具",),
    ),
    Trade(
        chain="康养服务",
        post="养老护理员",
        occupation="4-10-01-05",
        wages=(3600, 6000),
        majors=("590302", "790302", "520201"),
        level="中级工",
        duties="协助老人起居、康复训练，记录生命体征，与家属沟通。",
        equipment=("智慧康养实训室", "康复训练器械"),
        courses=("失能老人照护", "老年康复辅助", "认知症照护"),
        problems=(("夜间离床跌倒预警误报多", "误报率降到 5% 以下"),),
        results=("床垫式离床监测装置",),
    ),
    Trade(
        chain="现代物流",
        post="仓储管理员",
        occupation="4-02-06-01",
        wages=(3700, 6200),
        majors=("530802",),
        level="中级工",
        duties="收发货、盘点、库位优化，操作仓储系统。",
        equipment=("立体仓库实训区", "无人搬运车"),
        courses=("仓储作业与数字化", "供应链数据分析"),
        problems=(("冷链出库温度断点", "出库 30 分钟内温升不超过 2 ℃"),),
        results=("冷链箱温度连续记录标签",),
    ),
    Trade(
        chain="绿色食品",
        post="农产品食品检验员",
        occupation="4-08-05-01",
        wages=(3800, 6300),
        majors=("490104", "690204"),
        level="中级工",
        duties="取样、前处理、仪器检测，出具检验记录。",
        equipment=("液相色谱仪", "快速检测室"),
        courses=("食品快速检测", "食品安全管理体系"),
        problems=(("杂粮面条断条率高", "断条率由 6% 降到 2%"),),
        results=("杂粮面团改良配方",),
    ),
    Trade(
        chain="文旅服务",
        post="旅店服务员",
        occupation="4-03-01-03",
        wages=(3400, 5600),
        majors=("540106", "540101"),
        level="初级工",
        duties="前台接待、客房服务和会议服务。",
        equipment=("酒店实训楼层",),
        courses=("前厅与客房服务", "文旅新媒体运营"),
        problems=(("淡季客房利用率低", "淡季入住率提高 10 个百分点"),),
        results=("研学住宿套餐设计",),
    ),
    Trade(
        chain="绿色建材",
        post="装配式建筑施工员",
        occupation="6-29-01-06",
        wages=(4600, 8000),
        majors=("440302", "440301"),
        level="中级工",
        duties="构件吊装、灌浆、接缝处理和质量自检。",
        equipment=("装配式建筑实训场",),
        courses=("装配式施工技术", "建筑信息模型应用"),
        problems=(("预制构件灌浆饱满度检测", "检测合格率达到 98%"),),
        results=("灌浆饱满度无损检测装置",),
    ),
)
SOFT_TOPICS = (
    "共建产业学院",
    "共建实训基地",
    "共同开发活页式教材",
    "共建技能大师工作室",
    "联合开展职工培训",
    "共建协同创新中心",
)
