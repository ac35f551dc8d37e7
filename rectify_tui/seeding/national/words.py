"""The words of simulated records: problems, reasons, complaints and findings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """A field of work: who is responsible for it, and what goes wrong in it.

    Texts may have `{place}`, the region, and `{n}`, a number.
    """

    bureau: str
    department: str
    goal: str
    problems: tuple[str, ...]
    measures: tuple[str, ...]


THEMES = (
    Theme(
        "生态环境局", "生态环境厅", "断面水质稳定达到考核目标",
        ("{place}境内{n}个入河排污口未完成规范整治，雨天有污水外溢",
         "{place}国控断面水质不稳定，近一年超标{n}次",
         "{place}工业园区污水处理厂在线监测数据缺失{n}天"),
        ("逐口溯源并建立台账", "封堵或改造排污口", "加密断面监测"),
    ),
    Theme(
        "住房和城乡建设局", "住房和城乡建设厅", "城市建成区生活污水应收尽收",
        ("{place}城区雨污混接点{n}处未改造，污水处理厂进水浓度偏低",
         "{place}{n}条黑臭水体治理后返黑返臭",
         "{place}污水处理厂扩建工程进度滞后，每日约{n}00吨污水溢流"),
        ("排查管网并修复破损段", "改造雨污混接点", "扩建污水处理设施"),
    ),
    Theme(
        "水务局", "水利厅", "河湖岸线和饮用水水源得到有效保护",
        ("{place}集中式饮用水水源一级保护区内仍有{n}户居民和养殖户",
         "{place}河道管理范围内有{n}处违法建筑未拆除",
         "{place}{n}座小水电站未落实生态流量"),
        ("设置隔离防护和标志", "清退保护区内建筑和养殖", "安装生态流量监控"),
    ),
    Theme(
        "农业农村局", "农业农村厅", "畜禽粪污得到资源化利用",
        ("{place}{n}家规模养殖场粪污处理设施不正常运行",
         "{place}废弃农膜回收网点未建成，田间残留较多，涉及{n}个村",
         "{place}秸秆露天焚烧多发，年内通报火点{n}个"),
        ("配套粪污处理设施", "建立回收网点", "落实网格巡查"),
    ),
    Theme(
        "工业和信息化局", "工业和信息化厅", "落后产能退出，企业达标排放",
        ("{place}{n}台淘汰类炉窑仍在运行",
         "{place}{n}家企业未完成挥发性有机物治理，异味扰民",
         "{place}重点行业{n}台机组未完成超低排放改造"),
        ("制定淘汰清单", "完成治理设施改造", "组织达标验收"),
    ),
    Theme(
        "自然资源局", "自然资源厅", "矿山生态得到修复",
        ("{place}{n}处历史遗留矿山未开展生态修复",
         "{place}采石场越界开采，破坏植被约{n}亩",
         "{place}违规占用耕地堆放渣土{n}处"),
        ("编制修复方案", "完成削坡、覆土和复绿", "组织竣工验收"),
    ),
    Theme(
        "林业和草原局", "林业和草原局", "自然保护地内违法活动清零",
        ("{place}自然保护区内有{n}处违规旅游设施",
         "{place}湿地被侵占约{n}亩，未恢复",
         "{place}草原违法开垦{n}起未查处到位"),
        ("拆除违规设施", "恢复植被和湿地", "开展绿盾专项核查"),
    ),
    Theme(
        "城市管理局", "住房和城乡建设厅", "生活垃圾和建筑垃圾规范处置",
        ("{place}生活垃圾填埋场渗滤液积存约{n}000吨",
         "{place}{n}处非正规垃圾堆放点未整治",
         "{place}建筑垃圾消纳能力不足，违规倾倒点{n}处"),
        ("应急处置渗滤液", "清运并修复堆放点", "建设消纳和利用设施"),
    ),
    Theme(
        "交通运输局", "交通运输厅", "货运结构优化，扬尘和噪声得到控制",
        ("{place}{n}家大型企业大宗货物清洁运输比例偏低",
         "{place}过境公路噪声扰民，沿线{n}个小区未设声屏障",
         "{place}{n}个码头未建成封闭料仓"),
        ("推进铁路专用线建设", "建设声屏障", "封闭料场并喷淋抑尘"),
    ),
    Theme(
        "发展和改革委员会", "发展和改革委员会", "散煤得到替代，能耗强度下降",
        ("{place}清洁取暖改造任务欠账{n}00户",
         "{place}{n}个高耗能项目手续不全即开工",
         "{place}散煤复烧，抽查{n}个村均有发现"),
        ("完成清洁取暖改造", "清理违规项目", "开展散煤抽检"),
    ),
)  # fmt: skip

REASONS = (
    "资金未到位", "招标流标", "征地拆迁受阻", "施工图审查滞后", "汛期停工", "冬季停工",
    "设备到货延迟", "责任主体不清", "技术方案未定",
)  # fmt: skip
NEXT_STEPS = (
    "倒排工期，每周调度",
    "提请市政府专题研究",
    "由牵头部门现场督导",
    "落实专项资金后复工",
)
NOTES = tuple(f"原因：{reason}。下一步：{step}。" for reason in REASONS for step in NEXT_STEPS)
"""Why an item is behind; the same few reasons come up everywhere."""

RELAPSES = ("反弹：设施停运，问题复现。", "反弹：巡查发现回潮。", "反弹：后续管护未跟上。")
REFUTED = "核查未通过：现场与上报不一致。"
POSTPONED = "经批准延期。"

COMPLAINTS: dict[str, tuple[str, ...]] = {
    "water": ("{place}一家企业夜间向河道排放废水", "{place}沟渠长期黑臭"),
    "air": ("{place}工业园区傍晚有刺鼻气味", "{place}一家砖厂冒黑烟"),
    "soil": ("{place}废旧电池拆解点污染农田",),
    "ecology": ("{place}有人挖山采石，毁坏林地", "{place}湿地被填占"),
    "noise": ("{place}工地夜间施工噪声扰民", "{place}商铺音响声音过大"),
    "solid_waste": ("{place}河滩堆放垃圾无人清理", "{place}有渣土车倾倒建筑垃圾"),
    "cooking_fumes": ("{place}小区楼下餐馆油烟直排",),
    "dust": ("{place}搅拌站物料未覆盖，扬尘大", "{place}道路破损，货车经过尘土飞扬"),
    "other": ("{place}一处辐射和环境隐患请核查",),
}
"""Complaints by their main pollution type."""

FINDINGS = {
    "yes": "经核查，反映的问题属实。",
    "mostly": "经核查，反映的问题基本属实。",
    "partly": "经核查，反映的问题部分属实。",
    "no": "经核查，未发现反映的情况。",
}
REMEDY = "责令限期整改，并纳入日常巡查。"
