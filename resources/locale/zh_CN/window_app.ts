<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_US">
<context>
    <name>ActionPanel</name>
    <message>
        <source>Leave it  Esc</source>
        <translation>不办了  Esc</translation>
    </message>
</context>
<context>
    <name>ArticlePopover</name>
    <message>
        <source>Text of the article</source>
        <translation>条文内容</translation>
    </message>
    <message>
        <source>Close  Esc</source>
        <translation>关闭  Esc</translation>
    </message>
    <message>
        <source>In the law library  Ctrl+B</source>
        <translation>在法规库中查看  Ctrl+B</translation>
    </message>
    <message>
        <source>Text not installed. An administrator installs it with: window-app statutes import</source>
        <translation>原文未安装。管理员可用 window-app statutes import 导入法规全文。</translation>
    </message>
    <message>
        <source>Cited from memory, not yet compared with the official text.</source>
        <translation>此引用尚未与正式文本核对。</translation>
    </message>
</context>
<context>
    <name>ArticleReader</name>
    <message>
        <source>Article before  Ctrl+PgUp</source>
        <translation>上一条  Ctrl+PgUp</translation>
    </message>
    <message>
        <source>Article after  Ctrl+PgDown</source>
        <translation>下一条  Ctrl+PgDown</translation>
    </message>
    <message>
        <source>Print extract  F6</source>
        <translation>打印摘录  F6</translation>
    </message>
    <message>
        <source>Save extract  Ctrl+S</source>
        <translation>保存摘录  Ctrl+S</translation>
    </message>
    <message>
        <source>Back  Esc</source>
        <translation>返回  Esc</translation>
    </message>
    <message>
        <source>Only an excerpt of this law is installed: articles may be missing in between.</source>
        <translation>本机安装的是该法规的节录，前后条文之间可能有缺漏。</translation>
    </message>
    <message>
        <source>Simulated printer: {job}</source>
        <translation>模拟打印机：{job}</translation>
    </message>
    <message>
        <source>Sent to the printer: {job}</source>
        <translation>已送打印机：{job}</translation>
    </message>
    <message>
        <source>Saved: {path}</source>
        <translation>已保存：{path}</translation>
    </message>
</context>
<context>
    <name>AskBox</name>
    <message>
        <source>Why this is asked: {why}</source>
        <translation>为什么问: {why}</translation>
    </message>
    <message>
        <source>for example 2026-08-01</source>
        <translation>如 2026-08-01</translation>
    </message>
    <message>
        <source>for example 3 months: P3M or 3个月</source>
        <translation>如 3个月、1年2个月</translation>
    </message>
    <message>
        <source>yuan, for example 25500.00</source>
        <translation>元, 如 25500.00</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数字</translation>
    </message>
</context>
<context>
    <name>CaseActions</name>
    <message>
        <source>Take over  F5</source>
        <translation>接收  F5</translation>
    </message>
    <message>
        <source>Decide  Ctrl+D</source>
        <translation>作出决定  Ctrl+D</translation>
    </message>
    <message>
        <source>Return to be completed  Ctrl+R</source>
        <translation>退回补正  Ctrl+R</translation>
    </message>
    <message>
        <source>Claim  Ctrl+K</source>
        <translation>认领  Ctrl+K</translation>
    </message>
    <message>
        <source>Papers completed  Ctrl+M</source>
        <translation>材料补齐  Ctrl+M</translation>
    </message>
    <message>
        <source>Correct an entry  Ctrl+E</source>
        <translation>更正内容  Ctrl+E</translation>
    </message>
    <message>
        <source>Fetch the content  Ctrl+G</source>
        <translation>调取内容  Ctrl+G</translation>
    </message>
    <message>
        <source>Release  Ctrl+K</source>
        <translation>放回  Ctrl+K</translation>
    </message>
    <message>
        <source>Released.</source>
        <translation>已放回。</translation>
    </message>
    <message>
        <source>You have claimed this case; others see it.</source>
        <translation>已由您认领, 其他人看得到。</translation>
    </message>
    <message>
        <source>Corrected; both the old and the new value stay on record.</source>
        <translation>已更正; 原值和新值都留有记录。</translation>
    </message>
    <message>
        <source>On record; the limit of the answer runs from today.</source>
        <translation>已登记; 答复期限从今天起重新计算。</translation>
    </message>
    <message>
        <source>Settled.</source>
        <translation>已处理。</translation>
    </message>
    <message>
        <source>✓ Fetched; the reading is on record at the centre.</source>
        <translation>✓ 已调取; 本次调取已在中心库记录。</translation>
    </message>
    <message>
        <source>The centre has no content of this case that may be read here.</source>
        <translation>中心库没有可供本机查看的本案内容。</translation>
    </message>
</context>
<context>
    <name>CasePage</name>
    <message>
        <source>Back  Esc</source>
        <translation>返回  Esc</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>办件</translation>
    </message>
    <message>
        <source>Papers</source>
        <translation>文书</translation>
    </message>
    <message>
        <source>What was taken in</source>
        <translation>收件内容</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>经过</translation>
    </message>
    <message>
        <source>This machine does not know that number.</source>
        <translation>本机没有这个编号的办件。请核对编号, 或按 F3 用姓名查找。</translation>
    </message>
</context>
<context>
    <name>CasesScreen</name>
    <message>
        <source>Cases</source>
        <translation>办件</translation>
    </message>
    <message>
        <source>{n} cases</source>
        <translation>共 {n} 件</translation>
    </message>
    <message>
        <source>No case has been taken in here yet.</source>
        <translation>这里还没有收过件。收件后会列在这里。</translation>
    </message>
</context>
<context>
    <name>CompletionPanel</name>
    <message>
        <source>Papers completed</source>
        <translation>材料补齐</translation>
    </message>
    <message>
        <source>Everything is here</source>
        <translation>确认已补齐</translation>
    </message>
    <message>
        <source>Confirm only when everything that was missing is here: the limit of the answer begins anew.</source>
        <translation>缺的材料全部交齐后再确认: 答复期限从今天起重新计算。</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>ConflictCard</name>
    <message>
        <source>Settle  Ctrl+T</source>
        <translation>处理  Ctrl+T</translation>
    </message>
    <message>
        <source>Settle</source>
        <translation>处理</translation>
    </message>
    <message>
        <source>To settle</source>
        <translation>待处理冲突</translation>
    </message>
    <message>
        <source>stands (first)</source>
        <translation>现行 (先改)</translation>
    </message>
    <message>
        <source>other value</source>
        <translation>另一个值</translation>
    </message>
</context>
<context>
    <name>ConflictsScreen</name>
    <message>
        <source>To settle</source>
        <translation>待处理冲突</translation>
    </message>
    <message>
        <source>Two people changed the same entry from the same state. The first change stands until somebody settles it: Enter opens the case.</source>
        <translation>两人在同一基础上改了同一项内容。有人处理之前, 以先改的为准。按 Enter 打开办件处理。</translation>
    </message>
    <message>
        <source>{n} cases</source>
        <translation>{n} 件</translation>
    </message>
    <message>
        <source>Nothing is to be settled.</source>
        <translation>没有待处理的冲突。</translation>
    </message>
</context>
<context>
    <name>CorrectionPanel</name>
    <message>
        <source>Correct an entry</source>
        <translation>更正内容</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>The old value stays on record. If somebody else has changed it meanwhile, both are shown.</source>
        <translation>原值留有记录。如果别人同时也改了这一项, 两个值都会列出, 由人处理。</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>哪一项</translation>
    </message>
    <message>
        <source>Choose the entry.</source>
        <translation>请选择要更正的项目。</translation>
    </message>
    <message>
        <source>Right value</source>
        <translation>正确内容</translation>
    </message>
    <message>
        <source>Give the right value.</source>
        <translation>请填写正确内容。</translation>
    </message>
    <message>
        <source>Choose the right value.</source>
        <translation>请选择正确内容。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Give the reason in a sentence.</source>
        <translation>请用一句话写明理由。</translation>
    </message>
</context>
<context>
    <name>DecisionPanel</name>
    <message>
        <source>Decide</source>
        <translation>作出决定</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>决定</translation>
    </message>
    <message>
        <source>Choose what is decided.</source>
        <translation>请选择决定。</translation>
    </message>
    <message>
        <source>Ground</source>
        <translation>法定情形</translation>
    </message>
    <message>
        <source>Choose the ground in the law.</source>
        <translation>请选择法定情形。</translation>
    </message>
    <message>
        <source>To which office</source>
        <translation>移送到</translation>
    </message>
    <message>
        <source>Choose the office that it goes to.</source>
        <translation>请选择接收机构。</translation>
    </message>
    <message>
        <source>Reason and remarks</source>
        <translation>理由或说明</translation>
    </message>
</context>
<context>
    <name>DemoBar</name>
    <message>
        <source>Demo</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>The line is cut: taking in goes on, nothing is lost; mend it and see it go out.</source>
        <translation>线路已切断: 照常收件, 不会丢失; 接通后自动上传。</translation>
    </message>
    <message>
        <source>Made-up people and cases; centre, counters and offices all run on this machine.</source>
        <translation>人物和办件都是虚构的; 中心库、窗口和承办机构都在本机运行。</translation>
    </message>
    <message>
        <source>Mend the line  F11</source>
        <translation>接通线路  F11</translation>
    </message>
    <message>
        <source>Cut the line  F11</source>
        <translation>切断线路  F11</translation>
    </message>
</context>
<context>
    <name>DeskShell</name>
    <message>
        <source>Put aside</source>
        <translation>暂存</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>待办</translation>
    </message>
    <message>
        <source>Reception</source>
        <translation>接待</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>办件</translation>
    </message>
    <message>
        <source>Law</source>
        <translation>法规</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>DraftsScreen</name>
    <message>
        <source>Visitor</source>
        <translation>来访人</translation>
    </message>
    <message>
        <source>Matters</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Last change</source>
        <translation>最后改动</translation>
    </message>
    <message>
        <source>Put aside</source>
        <translation>暂存</translation>
    </message>
    <message>
        <source>Enter takes a visit up again · Delete discards it</source>
        <translation>Enter 继续办理 · Delete 删除</translation>
    </message>
    <message>
        <source>No visit is waiting. A visit that you put aside with F4 stays here until you take it up.</source>
        <translation>没有暂存的来访。按 F4 暂存的来访会留在这里, 随时可继续。</translation>
    </message>
    <message>
        <source>F2 new visit</source>
        <translation>F2 新来访</translation>
    </message>
</context>
<context>
    <name>EnrolmentScreen</name>
    <message>
        <source>Set up this station</source>
        <translation>登记本机</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>开始设置</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Enrolment file</source>
        <translation>登记文件</translation>
    </message>
    <message>
        <source>or scan the QR codes here</source>
        <translation>或在此扫描二维码</translation>
    </message>
    <message>
        <source>one after the other, in any order</source>
        <translation>逐张扫描, 先后不限</translation>
    </message>
    <message>
        <source>One-time code</source>
        <translation>一次性代码</translation>
    </message>
    <message>
        <source>All {n} codes are read.</source>
        <translation>{n} 张二维码已全部读入。</translation>
    </message>
    <message>
        <source>{have} of {all} codes read; still missing: {missing}</source>
        <translation>已读 {have} 张, 共 {all} 张; 还缺第 {missing} 张</translation>
    </message>
</context>
<context>
    <name>FetchPanel</name>
    <message>
        <source>Fetch the content of this case</source>
        <translation>调取本案内容</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>调取</translation>
    </message>
    <message>
        <source>The centre puts on record who fetched it, when and why.</source>
        <translation>中心库会记录由谁、何时、为何调取。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Choose the reason.</source>
        <translation>请选择理由。</translation>
    </message>
</context>
<context>
    <name>FieldBox</name>
    <message>
        <source>Show Ctrl+R</source>
        <translation>显示 Ctrl+R</translation>
    </message>
</context>
<context>
    <name>FindScreen</name>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>part of a name · pinyin initials · receipt number · scan the receipt</source>
        <translation>姓名或单位的一部分 · 拼音首字母 · 收件编号 · 扫回执二维码</translation>
    </message>
    <message>
        <source>Find a case</source>
        <translation>查找办件</translation>
    </message>
    <message>
        <source>Type to find a case. A scanned receipt opens its case.</source>
        <translation>边输入边查找。扫描回执二维码可直接打开办件。</translation>
    </message>
    <message>
        <source>The centre knows no case of the number “{text}” either.</source>
        <translation>中心库也没有编号为“{text}”的办件。请核对编号。</translation>
    </message>
    <message>
        <source>Asking the centre…</source>
        <translation>正在向中心库查询…</translation>
    </message>
    <message>
        <source>Ask the centre  Ctrl+G</source>
        <translation>向中心库查询  Ctrl+G</translation>
    </message>
    <message>
        <source>{n} found</source>
        <translation>找到 {n} 件</translation>
    </message>
    <message>
        <source>Nothing found for “{text}”. Try fewer characters or the receipt number.</source>
        <translation>没有找到“{text}”。可少输几个字, 或输入收件编号。</translation>
    </message>
</context>
<context>
    <name>FormPanel</name>
    <message>
        <source>Back  Esc</source>
        <translation>返回  Esc</translation>
    </message>
    <message>
        <source>Your clerk code</source>
        <translation>您的工号</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>您的姓名</translation>
    </message>
    <message>
        <source>Password, at least 8 characters</source>
        <translation>密码 (至少 8 位)</translation>
    </message>
    <message>
        <source>Password once more</source>
        <translation>再输一次密码</translation>
    </message>
    <message>
        <source>The two passwords differ. Type the password once more.</source>
        <translation>两次输入的密码不一致。请再输一次密码。</translation>
    </message>
</context>
<context>
    <name>HallScreen</name>
    <message>
        <source>Set up a hall on its own</source>
        <translation>设置独立大厅</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>开始设置</translation>
    </message>
    <message>
        <source>This machine will keep the centre of your hall, with its keys and all cases: back up its data folder. Numbers and papers are real. Other machines can join a centre on a server of your own later.</source>
        <translation>本机将保存本大厅的中心库, 包括密钥和全部办件, 请定期备份数据文件夹。编号和文书都是正式的。以后如需多台电脑, 可改用自己服务器上的中心库。</translation>
    </message>
    <message>
        <source>District code, six digits</source>
        <translation>行政区划代码 (6 位)</translation>
    </message>
    <message>
        <source>Name of the hall</source>
        <translation>大厅名称</translation>
    </message>
    <message>
        <source>Name of this counter</source>
        <translation>本窗口名称</translation>
    </message>
    <message>
        <source>Counter 1</source>
        <translation>1号窗口</translation>
    </message>
    <message>
        <source>Telephone for visitors</source>
        <translation>咨询电话</translation>
    </message>
    <message>
        <source>Address of the hall</source>
        <translation>大厅地址</translation>
    </message>
</context>
<context>
    <name>InterviewView</name>
    <message>
        <source>Route: {route}</source>
        <translation>去向: {route}</translation>
    </message>
    <message>
        <source>No route follows from these answers. Change an answer, or set a route with a reason.</source>
        <translation>按这些回答得不出去向。可改前面的答案, 或写明理由另定去向; 也可按 F5 出指引单。</translation>
    </message>
    <message>
        <source>All asked. The visitor chooses: {keys}</source>
        <translation>问完了。请来访人选择: {keys}</translation>
    </message>
    <message>
        <source>new matter</source>
        <translation>新事项</translation>
    </message>
    <message>
        <source>Another matter Ctrl+M</source>
        <translation>再加一个事项 Ctrl+M</translation>
    </message>
    <message>
        <source>Leave this matter out</source>
        <translation>去掉这个事项</translation>
    </message>
</context>
<context>
    <name>LawPage</name>
    <message>
        <source>Law library</source>
        <translation>法规库</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Practice quiz</source>
        <translation>练一练</translation>
    </message>
    <message>
        <source>Law</source>
        <translation>法规</translation>
    </message>
</context>
<context>
    <name>LibraryView</name>
    <message>
        <source>a word · a law and a number, such as 仲裁法 27 · the name of a law</source>
        <translation>输入词语 · 法规名加条号，如 仲裁法 27 · 法规名称</translation>
    </message>
    <message>
        <source>Search the law library</source>
        <translation>检索法规库</translation>
    </message>
    <message>
        <source>Law</source>
        <translation>法规</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>条</translation>
    </message>
    <message>
        <source>Where it says so</source>
        <translation>命中的文字</translation>
    </message>
    <message>
        <source>Articles found</source>
        <translation>检索到的条文</translation>
    </message>
    <message>
        <source>the first {n}; add a word</source>
        <translation>只列前 {n} 条，请再加一个词</translation>
    </message>
    <message>
        <source>{n} found</source>
        <translation>共 {n} 条</translation>
    </message>
    <message>
        <source>No statute text is installed. An administrator installs them with: window-app statutes import DIR</source>
        <translation>本机尚未安装法规全文。管理员可用 window-app statutes import 文件夹 导入。</translation>
    </message>
    <message>
        <source>{n} laws are installed. Type a word, or a law and a number.</source>
        <translation>本机已安装 {n} 部法规。请输入词语，或者法规名加条号。</translation>
    </message>
    <message>
        <source>Nothing found in {n} laws. Fewer words find more.</source>
        <translation>在 {n} 部法规中没有查到。减少词语可以查到更多。</translation>
    </message>
    <message>
        <source>Enter opens an article</source>
        <translation>回车打开条文</translation>
    </message>
</context>
<context>
    <name>LimitRow</name>
    <message>
        <source>steps ›</source>
        <translation>怎样算的 ›</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>One-window acceptance</source>
        <translation>一口受理</translation>
    </message>
</context>
<context>
    <name>MaterialLine</name>
    <message>
        <source> copies</source>
        <translation> 份</translation>
    </message>
    <message>
        <source>Number of copies</source>
        <translation>份数</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺</translation>
    </message>
    <message>
        <source>copies due: {n}</source>
        <translation>应交 {n} 份</translation>
    </message>
    <message>
        <source>to be seen</source>
        <translation>应核原件</translation>
    </message>
    <message>
        <source>original seen</source>
        <translation>原件已核</translation>
    </message>
    <message>
        <source>copy taken</source>
        <translation>收复印件</translation>
    </message>
    <message>
        <source>electronic</source>
        <translation>电子件</translation>
    </message>
</context>
<context>
    <name>MaterialsView</name>
    <message>
        <source>No materials belong to this route.</source>
        <translation>此去向没有材料清单。</translation>
    </message>
    <message>
        <source>Other materials, not due here: {n}</source>
        <translation>其他材料 (非必交): {n} 项</translation>
    </message>
</context>
<context>
    <name>OfficeActions</name>
    <message>
        <source>Fetching the content from the centre…</source>
        <translation>正在从中心库调取内容…</translation>
    </message>
    <message>
        <source>Taken over; the counter sees it.</source>
        <translation>已接收; 收件窗口看得到。</translation>
    </message>
    <message>
        <source>✓ That you read this case is on record.</source>
        <translation>✓ 已打开; 本次调阅已记录。</translation>
    </message>
    <message>
        <source>The content is not here yet: {why}</source>
        <translation>内容暂未调到: {why}</translation>
    </message>
    <message>
        <source>Decided: {number}</source>
        <translation>已作出决定: {number}</translation>
    </message>
    <message>
        <source>limit {day}</source>
        <translation>期限至 {day}</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>Setting up the hall…</source>
        <translation>正在设置大厅…</translation>
    </message>
</context>
<context>
    <name>OverrideBox</name>
    <message>
        <source>Route</source>
        <translation>去向</translation>
    </message>
    <message>
        <source>reason, goes on record</source>
        <translation>理由 (会记录在案)</translation>
    </message>
    <message>
        <source>Reason for another route</source>
        <translation>另定去向的理由</translation>
    </message>
    <message>
        <source>Set this route</source>
        <translation>按此办理</translation>
    </message>
    <message>
        <source>Choose a route and write the reason.</source>
        <translation>请选择去向并写明理由。</translation>
    </message>
</context>
<context>
    <name>PaperActions</name>
    <message>
        <source>Simulated printer: {job}</source>
        <translation>模拟打印机已输出文件: {job}</translation>
    </message>
    <message>
        <source>Sent to the printer: {job}</source>
        <translation>已送打印机: {job}</translation>
    </message>
    <message>
        <source>Saved: {path}</source>
        <translation>已保存: {path}</translation>
    </message>
</context>
<context>
    <name>PaperCard</name>
    <message>
        <source>Marked reprint  F6</source>
        <translation>补打 (带标记)  F6</translation>
    </message>
    <message>
        <source>Print  F6</source>
        <translation>打印  F6</translation>
    </message>
    <message>
        <source>Save a copy  Ctrl+S</source>
        <translation>另存  Ctrl+S</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>{n} reprints</source>
        <translation>补打 {n} 次</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>Y  It is in hand</source>
        <translation>Y  出来了</translation>
    </message>
    <message>
        <source>N  No, print again</source>
        <translation>N  没有, 再打一次</translation>
    </message>
    <message>
        <source>Did the paper come out?</source>
        <translation>纸出来了吗?</translation>
    </message>
    <message>
        <source>recorded</source>
        <translation>已出具</translation>
    </message>
    <message>
        <source>ready to print</source>
        <translation>待打印</translation>
    </message>
    <message>
        <source>sent to the printer</source>
        <translation>已送打印</translation>
    </message>
    <message>
        <source>✓ handed over</source>
        <translation>✓ 已交来访人</translation>
    </message>
    <message>
        <source>did not come out</source>
        <translation>没有出来</translation>
    </message>
</context>
<context>
    <name>QueueScreen</name>
    <message>
        <source>Queue</source>
        <translation>待办</translation>
    </message>
    <message>
        <source>Queue of {office}</source>
        <translation>{office} · 待办</translation>
    </message>
    <message>
        <source>1  All</source>
        <translation>1  全部</translation>
    </message>
    <message>
        <source>2  Mine</source>
        <translation>2  我的</translation>
    </message>
    <message>
        <source>3  Unclaimed</source>
        <translation>3  未认领</translation>
    </message>
    <message>
        <source>4  Near limit</source>
        <translation>4  临期</translation>
    </message>
    <message>
        <source>Enter opens a case · reading its content goes on record</source>
        <translation>按 Enter 打开办件 · 调阅内容会记录</translation>
    </message>
    <message>
        <source>Nothing waits for this office.</source>
        <translation>没有待办。</translation>
    </message>
    <message>
        <source>Nothing here.</source>
        <translation>没有这一类待办。</translation>
    </message>
    <message>
        <source>stands still</source>
        <translation>期限中止</translation>
    </message>
    <message>
        <source>{n} days left</source>
        <translation>还有 {n} 天</translation>
    </message>
    <message>
        <source>{n} days over</source>
        <translation>已超 {n} 天</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新到</translation>
    </message>
</context>
<context>
    <name>QuizView</name>
    <message>
        <source>Next case  Enter</source>
        <translation>下一题  Enter</translation>
    </message>
    <message>
        <source>What do you suggest first?</source>
        <translation>您首先建议走哪条渠道？</translation>
    </message>
    <message>
        <source>national rules</source>
        <translation>国家规则</translation>
    </message>
    <message>
        <source>Case: {name} · {on} · {place}</source>
        <translation>案例：{name} · {on} · {place}</translation>
    </message>
    <message>
        <source>✓ Right: {suggested}.</source>
        <translation>✓ 答对了：{suggested}。</translation>
    </message>
    <message>
        <source>✓ {chosen} is open too; suggested first: {suggested}.</source>
        <translation>✓ {chosen}也可以走；首先建议的是：{suggested}。</translation>
    </message>
    <message>
        <source>✕ Not {chosen}. Suggested first: {suggested}.</source>
        <translation>✕ 不是{chosen}。首先建议的是：{suggested}。</translation>
    </message>
    <message>
        <source>Open routes: {routes}</source>
        <translation>可走的渠道：{routes}</translation>
    </message>
    <message>
        <source>Row {row}: {facts}</source>
        <translation>规则行 {row}：{facts}</translation>
    </message>
    <message>
        <source>This sitting: {right} right, {wrong} wrong</source>
        <translation>本次练习：对 {right} 题，错 {wrong} 题</translation>
    </message>
    <message>
        <source>Answer by the number of the route. Nothing of it is kept.</source>
        <translation>按渠道前的数字作答。不留任何记录。</translation>
    </message>
</context>
<context>
    <name>ReceivedView</name>
    <message>
        <source>F6 prints the next paper · F2 begins the next visit</source>
        <translation>F6 打印下一份文书 · F2 开始下一次来访</translation>
    </message>
    <message>
        <source>Taken in</source>
        <translation>已收件</translation>
    </message>
    <message>
        <source>Guidance given</source>
        <translation>已出指引单</translation>
    </message>
    <message>
        <source>Say: the office sets the time of its answer and will tell you; keep the number.</source>
        <translation>请告诉来访人: 答复期限由办理机构依法确定并告知; 请保存好编号。</translation>
    </message>
    <message>
        <source>Say: an answer comes by {day} at the latest; keep the number.</source>
        <translation>请告诉来访人: 最晚 {day} 答复是否受理; 请保存好编号。</translation>
    </message>
    <message>
        <source>Say: something is missing; counted from today the answer comes by {day}, later papers move it.</source>
        <translation>请告诉来访人: 材料未齐; 自今日起算最晚 {day} 答复, 补齐材料的从补正之日起重新计算。</translation>
    </message>
</context>
<context>
    <name>ReceptionHome</name>
    <message>
        <source>New visit  F2</source>
        <translation>新来访  F2</translation>
    </message>
    <message>
        <source>Ready for the next visitor</source>
        <translation>可以接待下一位</translation>
    </message>
    <message>
        <source>{n} visits put aside</source>
        <translation>暂存 {n} 个来访</translation>
    </message>
    <message>
        <source>Nothing is waiting.</source>
        <translation>没有等着办的事。</translation>
    </message>
    <message>
        <source>Papers that wait to be printed or confirmed: {n}</source>
        <translation>等着打印或确认的文书: {n} 份</translation>
    </message>
    <message>
        <source>visitor without a name</source>
        <translation>未填姓名</translation>
    </message>
    <message>
        <source>A visit was not finished: {visitor}, begun {time}. Go on with it?</source>
        <translation>有一个来访没有办完: {visitor}, {time} 开始。继续吗?</translation>
    </message>
    <message>
        <source>1  Go on</source>
        <translation>1  继续</translation>
    </message>
    <message>
        <source>2  Leave it among those put aside</source>
        <translation>2  留在暂存里</translation>
    </message>
</context>
<context>
    <name>ReturnPanel</name>
    <message>
        <source>Return to be completed</source>
        <translation>退回补正</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>退回</translation>
    </message>
    <message>
        <source>The counter sees at once what is missing and tells the applicant, all at one time.</source>
        <translation>收件窗口随即看到缺什么, 一次性告知申请人。</translation>
    </message>
    <message>
        <source>Say what must be completed.</source>
        <translation>请写明需要补正的内容。</translation>
    </message>
    <message>
        <source>What is to be completed</source>
        <translation>需要补正的内容</translation>
    </message>
    <message>
        <source>Papers to be handed in</source>
        <translation>需要补交的材料</translation>
    </message>
</context>
<context>
    <name>RouteCard</name>
    <message>
        <source>Choose  Ctrl+{number}</source>
        <translation>选定  Ctrl+{number}</translation>
    </message>
    <message>
        <source>✓ Chosen</source>
        <translation>✓ 已选定</translation>
    </message>
    <message>
        <source>Suggested</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Also open</source>
        <translation>也可选</translation>
    </message>
    <message>
        <source>Taken in; tell the risk</source>
        <translation>可收件, 须提示风险</translation>
    </message>
    <message>
        <source>Taken in; to be put right</source>
        <translation>可收件, 须补正</translation>
    </message>
    <message>
        <source>Another office is competent</source>
        <translation>另有主管机关</translation>
    </message>
    <message>
        <source>The office must refuse</source>
        <translation>依法不予受理或走其他程序</translation>
    </message>
    <message>
        <source>Guidance slip</source>
        <translation>指引单</translation>
    </message>
    <message>
        <source>Basis</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>时限</translation>
    </message>
    <message>
        <source>Office</source>
        <translation>去处</translation>
    </message>
</context>
<context>
    <name>RoutesView</name>
    <message>
        <source>Another route, with a reason  Ctrl+O</source>
        <translation>另定去向 (写明理由)  Ctrl+O</translation>
    </message>
    <message>
        <source>Put aside  F4</source>
        <translation>暂存  F4</translation>
    </message>
    <message>
        <source>Take in  F5</source>
        <translation>收件  F5</translation>
    </message>
    <message>
        <source>Guidance slip  F5</source>
        <translation>出指引单  F5</translation>
    </message>
    <message>
        <source>Where and why</source>
        <translation>去向与依据</translation>
    </message>
    <message>
        <source>The routes appear here as the answers narrow them down.</source>
        <translation>回答几个问题后, 这里会列出去向、依据和时限。</translation>
    </message>
    <message>
        <source>Set by the clerk: {route}. Reason: {reason}</source>
        <translation>窗口另定: {route}。理由: {reason}</translation>
    </message>
    <message>
        <source>Tell the visitor</source>
        <translation>须告知来访人</translation>
    </message>
    <message>
        <source>Papers to come</source>
        <translation>将出具</translation>
    </message>
    <message>
        <source>Papers not to be issued here: {n} ›</source>
        <translation>窗口不得出具的文书: {n} 项 ›</translation>
    </message>
    <message>
        <source>route not chosen yet</source>
        <translation>去向未选</translation>
    </message>
    <message>
        <source>new matter</source>
        <translation>新事项</translation>
    </message>
</context>
<context>
    <name>RuleTablePage</name>
    <message>
        <source>Back  Esc</source>
        <translation>返回  Esc</translation>
    </message>
    <message>
        <source>Try facts  Ctrl+T</source>
        <translation>试算  Ctrl+T</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>规则行</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>施行期间</translation>
    </message>
    <message>
        <source>Locality</source>
        <translation>地区</translation>
    </message>
    <message>
        <source>national</source>
        <translation>国家</translation>
    </message>
    <message>
        <source>Answer: {answer}</source>
        <translation>结论：{answer}</translation>
    </message>
</context>
<context>
    <name>RuleTrialPage</name>
    <message>
        <source>Back  Esc</source>
        <translation>返回  Esc</translation>
    </message>
    <message>
        <source>Begin again  Ctrl+D</source>
        <translation>重新开始  Ctrl+D</translation>
    </message>
    <message>
        <source>Facts or rows  Ctrl+G</source>
        <translation>事实/规则行  Ctrl+G</translation>
    </message>
    <message>
        <source>Try facts: {title}</source>
        <translation>试算：{title}</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试算</translation>
    </message>
    <message>
        <source>Choose or type a value.</source>
        <translation>请选择或者填写一个值。</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Fires: {rows}</source>
        <translation>命中：{rows}</translation>
    </message>
    <message>
        <source>No row fires: the table says nothing here.</source>
        <translation>没有规则行命中：本表在这里没有结论。</translation>
    </message>
    <message>
        <source>{n} facts still matter: {facts}</source>
        <translation>还有 {n} 项事实影响结论：{facts}</translation>
    </message>
    <message>
        <source>cannot fire: {facts}</source>
        <translation>不符：{facts}</translation>
    </message>
    <message>
        <source>may fire, by: {facts}</source>
        <translation>未定，取决于：{facts}</translation>
    </message>
    <message>
        <source>fits; a row above it may still speak first</source>
        <translation>条件已符合；上面的规则行仍可能先命中</translation>
    </message>
    <message>
        <source>it asks for nothing</source>
        <translation>没有任何条件</translation>
    </message>
    <message>
        <source>fires: {facts}</source>
        <translation>命中：{facts}</translation>
    </message>
    <message>
        <source>would fit, but a row above it speaks: {facts}</source>
        <translation>条件符合，但上面的规则行已先命中：{facts}</translation>
    </message>
    <message>
        <source>fires</source>
        <translation>命中</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未定</translation>
    </message>
    <message>
        <source>behind</source>
        <translation>靠后</translation>
    </message>
    <message>
        <source>out</source>
        <translation>不符</translation>
    </message>
    <message>
        <source>Fact</source>
        <translation>事实</translation>
    </message>
    <message>
        <source>Told</source>
        <translation>已填</translation>
    </message>
    <message>
        <source>Facts to tell</source>
        <translation>可填的事实</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>规则行</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Rows of the table</source>
        <translation>本表的规则行</translation>
    </message>
    <message>
        <source>Enter tells a fact · Delete takes it back</source>
        <translation>回车填写事实 · Delete 撤回</translation>
    </message>
</context>
<context>
    <name>RulesView</name>
    <message>
        <source>Enter shows a table with its sources</source>
        <translation>回车查看决策表及其依据</translation>
    </message>
    <message>
        <source>{tables} tables, {rows} rows.</source>
        <translation>{tables} 张决策表，{rows} 行规则。</translation>
    </message>
    <message>
        <source>Citations: ✓ {a} verified · ? {b} not verified · ○ {c} text not installed · ✕ {d} against it</source>
        <translation>引用：✓ 已核对 {a} · ? 未核对 {b} · ○ 全文未安装 {c} · ✕ 与全文不符 {d}</translation>
    </message>
    <message>
        <source>the first row that fits</source>
        <translation>首个符合的行</translation>
    </message>
    <message>
        <source>the only row that fits</source>
        <translation>唯一符合的行</translation>
    </message>
    <message>
        <source>all rows that fit</source>
        <translation>所有符合的行</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>决策表</translation>
    </message>
    <message>
        <source>What speaks</source>
        <translation>取用方式</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>例子</translation>
    </message>
    <message>
        <source>Citations</source>
        <translation>引用</translation>
    </message>
    <message>
        <source>Decision tables</source>
        <translation>决策表</translation>
    </message>
</context>
<context>
    <name>SectionPanel</name>
    <message>
        <source>Add one more  Ctrl+N</source>
        <translation>加一项  Ctrl+N</translation>
    </message>
    <message>
        <source>Remove this one  Ctrl+D</source>
        <translation>删去这一项  Ctrl+D</translation>
    </message>
    <message>
        <source>✕ {n} to put right</source>
        <translation>✕ {n} 处要改</translation>
    </message>
    <message>
        <source>○ {n} still empty</source>
        <translation>○ {n} 处未填</translation>
    </message>
    <message>
        <source>✓ complete</source>
        <translation>✓ 已填</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Simulated: PDF files in a folder</source>
        <translation>模拟: 输出 PDF 文件到文件夹</translation>
    </message>
    <message>
        <source>Printer of this system</source>
        <translation>本机系统的打印机</translation>
    </message>
    <message>
        <source>empty: the system&apos;s default</source>
        <translation>留空为系统默认打印机</translation>
    </message>
    <message>
        <source> minutes</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言 Language</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>打印机</translation>
    </message>
    <message>
        <source>Printer queue</source>
        <translation>打印队列</translation>
    </message>
    <message>
        <source>Lock after</source>
        <translation>无操作锁屏</translation>
    </message>
    <message>
        <source>Apply  Ctrl+Enter</source>
        <translation>应用  Ctrl+Enter</translation>
    </message>
    <message>
        <source>Administration</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Data: {folder}
Definition set: {hash}</source>
        <translation>数据: {folder}
定义集: {hash}</translation>
    </message>
</context>
<context>
    <name>SettlePanel</name>
    <message>
        <source>Settle: {field}</source>
        <translation>处理冲突: {field}</translation>
    </message>
    <message>
        <source>Settle</source>
        <translation>处理</translation>
    </message>
    <message>
        <source>Both changes stay on record. What you choose holds from now on, everywhere.</source>
        <translation>两次修改都留有记录。您选定的值从现在起各处有效。</translation>
    </message>
    <message>
        <source>One of the values is not on this machine: leave this and fetch it with Ctrl+G first.</source>
        <translation>有一个值不在本机: 请先退出, 按 Ctrl+G 调取后再处理。</translation>
    </message>
    <message>
        <source>Numbers are shown in full here; that you looked is on record.</source>
        <translation>此处显示完整号码; 查看已记录。</translation>
    </message>
    <message>
        <source>Choose the value that holds.</source>
        <translation>请选择以哪个值为准。</translation>
    </message>
    <message>
        <source>What holds</source>
        <translation>以哪个为准</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Give the reason in a sentence.</source>
        <translation>请用一句话写明理由。</translation>
    </message>
</context>
<context>
    <name>SharedPart</name>
    <message>
        <source>Basis</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>时限</translation>
    </message>
</context>
<context>
    <name>SignInScreen</name>
    <message>
        <source>Locked</source>
        <translation>已锁屏</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>Clerk code</source>
        <translation>工号</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Go on  Enter</source>
        <translation>继续  Enter</translation>
    </message>
    <message>
        <source>Sign in  Enter</source>
        <translation>登录  Enter</translation>
    </message>
</context>
<context>
    <name>StartingScreen</name>
    <message>
        <source>One-window acceptance</source>
        <translation>一口受理</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Practice</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>F2 new visit  F3 find  F5 take in  F6 print  F12 lock</source>
        <translation>F2 新来访   F3 查找   F5 收件   F6 打印   F12 锁屏</translation>
    </message>
    <message>
        <source>F2 queue  F3 find  F5 take over  F12 lock</source>
        <translation>F2 待办  F3 查找  F5 接收  F12 锁屏</translation>
    </message>
    <message>
        <source>{n} unsent  Ctrl+L ›</source>
        <translation>待传 {n} 条  Ctrl+L ›</translation>
    </message>
    <message>
        <source>{n} to settle  Ctrl+J ›</source>
        <translation>冲突 {n} 件  Ctrl+J ›</translation>
    </message>
    <message>
        <source>Printer simulated (files)</source>
        <translation>打印机 模拟 (存文件)</translation>
    </message>
    <message>
        <source>Printer {name} ready</source>
        <translation>打印机 {name} 就绪</translation>
    </message>
    <message>
        <source>Printer {name} not ready</source>
        <translation>打印机 {name} 未就绪</translation>
    </message>
</context>
<context>
    <name>StepCard</name>
    <message>
        <source>Open Enter</source>
        <translation>打开 Enter</translation>
    </message>
</context>
<context>
    <name>UnsentScreen</name>
    <message>
        <source>Unsent</source>
        <translation>待传</translation>
    </message>
    <message>
        <source>Try now  F5</source>
        <translation>立即重试  F5</translation>
    </message>
    <message>
        <source>Everything here is stored safely on this machine and goes to the centre once there is a line.</source>
        <translation>这些都已安全保存在本机; 连上中心库后会自动上传, 不影响收件。</translation>
    </message>
    <message>
        <source>Nothing waits for the centre.</source>
        <translation>没有待传的内容。</translation>
    </message>
    <message>
        <source>What to do  Enter</source>
        <translation>怎么办  Enter</translation>
    </message>
    <message>
        <source>Try now  Enter</source>
        <translation>立即重试  Enter</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>已等</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>VisitAsks</name>
    <message>
        <source>1  Choose a route</source>
        <translation>1  去选去向</translation>
    </message>
    <message>
        <source>2  Guidance slip only</source>
        <translation>2  只出指引单</translation>
    </message>
    <message>
        <source>The visitor has not chosen a route for every matter.</source>
        <translation>还有事项没有选定去向。</translation>
    </message>
    <message>
        <source>Removed.</source>
        <translation>已删去这一项。</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Undo  Ctrl+U</source>
        <translation>恢复  Ctrl+U</translation>
    </message>
    <message>
        <source>{n} to put right before taking in: {first}</source>
        <translation>收件前有 {n} 处要改: {first}</translation>
    </message>
    <message>
        <source>1  I set the clock first</source>
        <translation>1  先去调整时间</translation>
    </message>
    <message>
        <source>2  The time is right, take in</source>
        <translation>2  时间正确, 收件</translation>
    </message>
</context>
<context>
    <name>VisitPage</name>
    <message>
        <source>since {time}</source>
        <translation>{time} 到窗</translation>
    </message>
    <message>
        <source>{n} matters: {titles}</source>
        <translation>{n} 个事项: {titles}</translation>
    </message>
    <message>
        <source>national rules</source>
        <translation>全国规则</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>来访</translation>
    </message>
    <message>
        <source>Who is here</source>
        <translation>来访人</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>发生了什么</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>申请内容</translation>
    </message>
    <message>
        <source>Materials</source>
        <translation>材料</translation>
    </message>
</context>
<context>
    <name>VisitSteps</name>
    <message>
        <source>Form</source>
        <translation>申请内容</translation>
    </message>
    <message>
        <source>change an answer</source>
        <translation>改前面的答案</translation>
    </message>
    <message>
        <source>{n} still empty</source>
        <translation>{n} 处未填</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>已填</translation>
    </message>
    <message>
        <source>{n} to put right</source>
        <translation>{n} 处要改</translation>
    </message>
    <message>
        <source>{n} here</source>
        <translation>收到 {n}</translation>
    </message>
    <message>
        <source>{n} missing, taken in all the same</source>
        <translation>缺 {n}, 不影响收件</translation>
    </message>
    <message>
        <source>after the route is chosen</source>
        <translation>选定去向后填写</translation>
    </message>
    <message>
        <source>changing an earlier answer; the later ones stay · Ctrl+Enter leaves it</source>
        <translation>正在改前面的答案, 后面的都保留 · Ctrl+Enter 不改</translation>
    </message>
    <message>
        <source>at most {n} more questions</source>
        <translation>最多再答 {n} 题</translation>
    </message>
</context>
<context>
    <name>Visiting</name>
    <message>
        <source>Discard the visit of {visitor} for good?</source>
        <translation>彻底删除 {visitor} 的这次来访?</translation>
    </message>
    <message>
        <source>1  Keep it</source>
        <translation>1  留着</translation>
    </message>
    <message>
        <source>2  Discard</source>
        <translation>2  删除</translation>
    </message>
</context>
<context>
    <name>WelcomeScreen</name>
    <message>
        <source>Welcome to the counter desk</source>
        <translation>欢迎使用窗口收件程序</translation>
    </message>
    <message>
        <source>Nothing has been set up on this machine yet. How do you want to begin?</source>
        <translation>这台电脑还没有设置。请选择怎样开始:</translation>
    </message>
    <message>
        <source>1  Practice hall with sample data</source>
        <translation>1  进入练习大厅 (带示例数据)</translation>
    </message>
    <message>
        <source>Made-up cases, no password. Every screen and every paper says that it is practice.</source>
        <translation>示例办件, 不用密码。每个画面、每份文书都标明“练习”。</translation>
    </message>
    <message>
        <source>2  Set up this station from its enrolment</source>
        <translation>2  登记本机 (窗口或承办机构)</translation>
    </message>
    <message>
        <source>Needs the file or the QR codes from your centre and the one-time code. No connection is needed.</source>
        <translation>需要中心库发的登记文件或二维码, 以及一次性代码。不需要联网。</translation>
    </message>
    <message>
        <source>3  A hall on its own</source>
        <translation>3  设置独立大厅</translation>
    </message>
    <message>
        <source>For a hall without a centre: this machine keeps the centre itself and gives real numbers.</source>
        <translation>没有中心库的大厅: 由本机保存中心库, 给出正式编号。</translation>
    </message>
    <message>
        <source>Setting up the practice hall…</source>
        <translation>正在准备练习大厅…</translation>
    </message>
</context>
</TS>
